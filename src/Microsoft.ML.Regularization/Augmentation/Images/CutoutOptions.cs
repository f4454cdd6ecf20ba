using System.Globalization;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Cutout: while a pipeline is fitted, square holes are cut into each image at random places, clipped at its border (DeVries and Taylor, "Improved
/// regularization of convolutional neural networks with Cutout", 2017). The paper fills them with the mean of normalized images, which is 0.
/// </summary>
[UnionCase("Cutout")]
public sealed record CutoutOptions : ImageAugmentationOptions
{
    /// <summary>Side of a hole in pixels, from 1 to the longer side of the image. Default: 8.</summary>
    public int HoleSize { get; init; } = 8;

    /// <summary>Holes in an image, from 1 to 1,000. They may overlap. Default: 1.</summary>
    public int Holes { get; init; } = 1;

    /// <summary>The value that fills a hole, in the pixels' own scale, finite. Default: 0, which is black for pixels that are not normalized.</summary>
    public double Fill { get; init; }

    /// <summary>The probability that an image is changed at all, from 0 (never) to 1 (always). Default: 1.</summary>
    public override double Probability { get; init; } = 1;

    internal override string Name => "Cutout";

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckAtLeast(HoleSize, nameof(HoleSize), 1);
        context.CheckBetween(Holes, nameof(Holes), 1, 1000);
        context.CheckFinite(Fill, nameof(Fill));
    }

    internal override void CheckImage(IExceptionContext context, ImageShape shape)
    {
        if (HoleSize > Math.Max(shape.Height, shape.Width))
        {
            throw context.ExceptUserArg(nameof(HoleSize), string.Create(
                CultureInfo.InvariantCulture,
                $"HoleSize must be from 1 to {Math.Max(shape.Height, shape.Width)}, the longer side of the images in column '{EffectiveFeatureColumnName}', "
                + $"but it is {HoleSize}."));
        }
    }

    internal override ImageOperation CreateOperation(ImageLayout image) => new Operation(image, this);

    private sealed class Operation(ImageLayout image, CutoutOptions options) : ImageOperation(image)
    {
        public override void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random)
        {
            source.CopyTo(result);
            for (var hole = 0; hole < options.Holes; hole++)
                ImageRectangle.AroundRandomCentre(Image, options.HoleSize, options.HoleSize, ref random).Fill(Image, result, (float)options.Fill);
        }
    }
}
