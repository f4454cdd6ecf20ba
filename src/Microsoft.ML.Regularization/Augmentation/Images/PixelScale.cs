using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The meaning of an image's numbers, which augmentations of colors need: each number is <c>(unit - mean) / deviation</c>, where unit is 0 for black and 1
/// for white. Immutable; compares by value.
/// </summary>
public sealed record PixelScale
{
    private const double White = 255;

    [JsonConstructor]
    private PixelScale(ValueList<double> means, ValueList<double> deviations)
    {
        Means = means;
        Deviations = deviations;
    }

    /// <summary>From 0 (black) to 1 (white).</summary>
    public static PixelScale Unit { get; } = new([0], [1]);

    /// <summary>From 0 (black) to 255 (white), as <c>ExtractPixels</c> gives them by itself.</summary>
    public static PixelScale Byte { get; } = new([0], [1 / White]);

    /// <summary>The means of the channels, in units of white: one for all channels or one for each, finite.</summary>
    public ValueList<double> Means { get; }

    /// <summary>The standard deviations of the channels, in units of white: one for all channels or one for each, above 0.</summary>
    public ValueList<double> Deviations { get; }

    /// <summary>Pixels from 0 to 1 of which a mean was subtracted, and which were then divided by a standard deviation.</summary>
    /// <param name="means">One for all channels or one for each, in the order of the channels; finite.</param>
    /// <param name="deviations">One for all channels or one for each, in the order of the channels; above 0.</param>
    /// <example><code>
    /// PixelScale.Normalized([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    /// </code></example>
    public static PixelScale Normalized(ValueList<double> means, ValueList<double> deviations)
    {
        Contracts.CheckValue(means, nameof(means));
        Contracts.CheckValue(deviations, nameof(deviations));
        return new PixelScale(means, deviations);
    }

    /// <summary>The name of the scale, with its numbers where it has any.</summary>
    public override string ToString() =>
        Equals(Unit) ? nameof(Unit)
        : Equals(Byte) ? nameof(Byte)
        : $"{nameof(Normalized)}([{Means}], [{Deviations}])";

    internal void Validate(IExceptionContext context)
    {
        CheckCount(context, Means, "PixelScale.Means");
        CheckCount(context, Deviations, "PixelScale.Deviations");
        foreach (var mean in Means)
            context.CheckFinite(mean, "PixelScale.Means");
        foreach (var deviation in Deviations)
            context.CheckAbove(deviation, "PixelScale.Deviations", 0);
    }

    /// <summary>Checks that there is one number for all channels or one for each; those of transparency may be left out.</summary>
    internal void CheckImage(IExceptionContext context, ImageShape shape, string column)
    {
        foreach (var count in new[] { Means.Count, Deviations.Count })
        {
            if (count == 1 || count == shape.Channels || count == ColorPlanes.ColorsOf(shape.Channels))
                continue;
            throw context.ExceptUserArg(nameof(PixelScale), string.Create(
                CultureInfo.InvariantCulture,
                $"PixelScale must have one number for all channels or one for each, but {this} has {count}, "
                + $"and the images in column '{column}' have {shape.Channels} channels."));
        }
    }

    /// <summary>The conversion of a channel's numbers to the scale from 0 to 255: <c>number * Factor + Shift</c>.</summary>
    /// <param name="channel">The channel, in the order of the vector.</param>
    /// <param name="channels">How many there are.</param>
    internal (double Factor, double Shift) ToByte(int channel, int channels) =>
        (White * Of(Deviations, channel, channels, 1 / White), White * Of(Means, channel, channels, 0));

    private static double Of(ValueList<double> numbers, int channel, int channels, double ofTransparency)
    {
        if (numbers.Count == 1)
            return numbers[0];

        // Transparency comes before the colors.
        var index = channel - (channels - numbers.Count);
        return index < 0 ? ofTransparency : numbers[index];
    }

    private static void CheckCount(IExceptionContext context, ValueList<double> numbers, string option)
    {
        if (numbers.Count == 0)
            throw context.ExceptUserArg(option, $"{option} must hold one number for all channels or one for each, but it is empty.");
    }
}
