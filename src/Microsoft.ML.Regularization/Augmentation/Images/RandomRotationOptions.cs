using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Random rotation: while a pipeline is fitted, each image is turned about its centre by a random angle, to either side with equal probability, and
/// sampled bilinearly (Simard, Steinkraus and Platt, "Best practices for convolutional neural networks applied to visual document analysis", 2003,
/// who distort images by affine maps). It keeps its size: corners that turn out of it are lost, and what turns into it is the fill.
/// </summary>
/// <remarks>
/// All that lies outside of the image counts as pixels of the fill, so a sample within one pixel of the border blends into it. A quarter turn of a
/// square image only moves pixels.
/// </remarks>
[UnionCase("RandomRotation")]
public sealed record RandomRotationOptions : ImageAugmentationOptions
{
    /// <summary>
    /// The largest angle in degrees, to either side: angles are uniform from -MaxDegrees to MaxDegrees. From 0, which turns nothing, to 180, which
    /// allows every angle. Default: 15.
    /// </summary>
    public double MaxDegrees { get; init; } = 15;

    /// <summary>
    /// The value of what lies outside of the image, in the pixels' own scale, finite. Default: 0, which is black for pixels that are not normalized.
    /// </summary>
    public double Fill { get; init; }

    /// <summary>The probability that an image is changed at all, from 0 (never) to 1 (always). Default: 1.</summary>
    public override double Probability { get; init; } = 1;

    internal override string Name => "RandomRotation";

    internal override bool ComputesPixels => true;

    internal override bool IsIdentity => MaxDegrees == 0 || base.IsIdentity;

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(MaxDegrees, nameof(MaxDegrees), 0, 180);
        context.CheckFinite(Fill, nameof(Fill));
    }

    internal override ImageOperation CreateOperation(ImageLayout image) => new Operation(image, this);

    private sealed class Operation(ImageLayout image, RandomRotationOptions options) : ImageOperation(image)
    {
        public override void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random)
        {
            var degrees = (2 * random.NextDouble() - 1) * options.MaxDegrees;
            AffineWarp.Apply(Image, source, result, AffineWarp.RotationAboutCentre(Image, degrees), (float)options.Fill);
        }
    }
}
