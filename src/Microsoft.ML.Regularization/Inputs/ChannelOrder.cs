namespace Microsoft.ML.Regularization;

/// <summary>The order of an image's numbers in a vector.</summary>
public enum ChannelOrder
{
    /// <summary>One plane for each channel, row by row: channels x height x width, as <c>ExtractPixels</c> gives it by itself.</summary>
    ChannelsFirst,

    /// <summary>The channels of a pixel beside each other: height x width x channels, as <c>ExtractPixels</c> gives interleaved colors.</summary>
    ChannelsLast,
}
