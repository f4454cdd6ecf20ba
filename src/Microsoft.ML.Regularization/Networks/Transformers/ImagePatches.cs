namespace Microsoft.ML.Regularization.Networks;

/// <summary>The patches of images, in reading order; a patch's numbers lie channel by channel.</summary>
/// <param name="image">The images' shape.</param>
/// <param name="side">Pixels of a patch's side.</param>
internal sealed class ImagePatches(ImageShape image, int side)
{
    private readonly bool _isFirst = image.Order == ChannelOrder.ChannelsFirst;

    /// <summary>Patches of an image.</summary>
    public int Count => image.Height / side * (image.Width / side);

    /// <summary>Numbers of an image.</summary>
    public int Pixels => image.Channels * image.Height * image.Width;

    /// <summary>Numbers of a patch.</summary>
    public int Numbers => image.Channels * side * side;

    /// <param name="pixels">Those of an image.</param>
    /// <param name="patch">Which patch.</param>
    /// <param name="numbers">Receives its numbers.</param>
    public void Copy(ReadOnlySpan<float> pixels, int patch, Span<float> numbers)
    {
        var (pixel, line, map) = _isFirst ? (1, image.Width, image.Width * image.Height) : (image.Channels, image.Width * image.Channels, 1);
        var wide = image.Width / side;
        var (corner, to) = (patch / wide * side * line + patch % wide * side * pixel, 0);
        for (var channel = 0; channel < image.Channels; channel++)
        {
            for (var y = 0; y < side; y++)
            {
                var from = corner + channel * map + y * line;
                for (var x = 0; x < side; x++)
                    numbers[to++] = pixels[from + x * pixel];
            }
        }
    }
}
