using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// Rows of numbers as images (batch, channels, height, width). In memory the channels of a place lie together, whatever the order in the rows: libtorch
/// computes convolutions of such tensors, and what follows them, a good deal faster, and keeps the order.
/// </summary>
internal static class FeatureMaps
{
    public static Tensor Of(Tensor rows, ImageShape shape)
    {
        var batch = rows.shape[0];
        if (shape.Order == ChannelOrder.ChannelsFirst && shape.Channels > 1)
            rows = rows.view(batch, shape.Channels, shape.Height, shape.Width).permute(0, 2, 3, 1).contiguous();
        return rows.view(batch, shape.Height, shape.Width, shape.Channels).permute(0, 3, 1, 2);
    }

    /// <summary>
    /// The largest of each 3 x 3 places around every second one, in height and width; there are half as many of both, rounded up.
    /// </summary>
    public static Tensor HalfByLargest(Tensor maps) => nn.functional.max_pool2d(maps, 3, stride: 2, padding: 1);

    /// <summary>Maps of a height and width, each place between its four neighbours, whose centers are what is drawn out.</summary>
    public static Tensor Resized(Tensor maps, int side) => maps.shape[2] == side && maps.shape[3] == side
        ? maps : nn.functional.interpolate(maps, [side, side], mode: InterpolationMode.Bilinear, align_corners: false);

    /// <summary>The mean of each map: (batch, channels).</summary>
    public static Tensor Mean(Tensor maps) => maps.mean([2, 3]);
}
