using System.Globalization;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The scale of pixels that a published network was trained with: <c>(pixel - mean) / deviation</c> in each channel. Pixels are meant from 0 to 255, as
/// <c>ExtractPixels</c> gives them. It becomes part of the trained network, which then reads pixels as they come.
/// </summary>
public sealed record PixelScaling
{
    private const string Option = "Pixels";

    /// <summary>The mean of each channel, in the order of the published network.</summary>
    public required ValueList<float> Mean { get; init; }

    /// <summary>What differences from the mean are divided by, above 0, in the same order; 1 for not at all.</summary>
    public required ValueList<float> Deviation { get; init; }

    /// <summary>
    /// Whether the published network reads blue first where the rows have red first: its first layer is then turned around when it is read, once and for all.
    /// Default: false.
    /// </summary>
    public bool ReversesChannels { get; init; }

    /// <summary>That of torchvision's networks, and of DeiT: red, green and blue with mean 0.485, 0.456, 0.406 and deviation 0.229, 0.224, 0.225 of 255.</summary>
    public static PixelScaling ImageNet { get; } = new() { Mean = [123.675f, 116.28f, 103.53f], Deviation = [58.395f, 57.12f, 57.375f] };

    /// <summary>From -1 to 1, as ViT has it: mean and deviation half of 255.</summary>
    public static PixelScaling Symmetric { get; } = new() { Mean = [127.5f, 127.5f, 127.5f], Deviation = [127.5f, 127.5f, 127.5f] };

    /// <summary>
    /// That of the networks in the packages Microsoft.ML.DnnImageFeaturizer: blue, green and red, less the mean of each, undivided. Their own first step subtracts a
    /// mean image instead, which differs a little from place to place; features differ by the cosine of 0.997 to 0.999.
    /// </summary>
    public static PixelScaling DnnImageFeaturizer { get; } = new() { Mean = [103.06f, 115.90f, 123.15f], Deviation = [1, 1, 1], ReversesChannels = true };

    /// <summary>Mean, deviation and order.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"(pixel - ({Mean})) / ({Deviation}){(ReversesChannels ? ", channels reversed" : "")}");

    internal void Validate(IExceptionContext? context)
    {
        var isLegal = Mean is { Count: > 0 } && Deviation?.Count == Mean.Count && Mean.All(float.IsFinite) && Deviation.All(deviation => float.IsFinite(deviation) && deviation > 0);
        if (!isLegal)
        {
            throw context.ExceptUserArg(
                Option, $"Pixels must have a finite Mean and a Deviation above 0 for each channel, but Mean is ({Mean}) and Deviation ({Deviation}).");
        }
    }

    /// <summary>The same for each number of a row.</summary>
    internal InputScaler ScalerOf(IExceptionContext context, ImageShape image)
    {
        if (image.Channels != Mean.Count)
            throw context.ExceptUserArg(Option, $"Pixels is {this}, for {Mean.Count} channels, but the images are {image}.");
        var (center, factor) = (new float[image.Height * image.Width * image.Channels], new float[image.Height * image.Width * image.Channels]);
        for (var i = 0; i < center.Length; i++)
        {
            var channel = image.Order == ChannelOrder.ChannelsFirst ? i / (image.Height * image.Width) : i % image.Channels;
            var published = ReversesChannels ? image.Channels - 1 - channel : channel;
            (center[i], factor[i]) = (Mean[published], 1 / Deviation[published]);
        }

        return new InputScaler(InputScaling.Standardize, center, factor);
    }
}
