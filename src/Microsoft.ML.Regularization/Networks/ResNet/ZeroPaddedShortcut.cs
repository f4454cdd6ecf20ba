using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The shortcut around a block that halves maps and adds channels, without parameters: option A of He, Zhang, Ren and Sun (2016), section 4.1.
/// </summary>
internal static class ZeroPaddedShortcut
{
    /// <summary>Every second place of maps (batch, in, height, width) from the first on, then <paramref name="newChannels"/> channels of zeros.</summary>
    public static Tensor Of(Tensor input, int newChannels)
    {
        var every = input.slice(2, 0, input.shape[2], 2).slice(3, 0, input.shape[3], 2);
        return nn.functional.pad(every, [0, 0, 0, 0, 0, newChannels]);
    }
}
