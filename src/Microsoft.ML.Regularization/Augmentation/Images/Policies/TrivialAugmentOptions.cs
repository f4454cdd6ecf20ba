using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// TrivialAugment: while a pipeline is fitted, each image goes through one random operation at a random strength (Müller and Hutter, "TrivialAugment:
/// tuning-free yet state-of-the-art data augmentation", 2021; the wide space). There is nothing to tune, which makes it a good first choice for photographs.
/// It is a poor choice where inverted brightness, a rotation by up to 135 degrees or a shift by up to 32 pixels changes the class of an image, or moves a
/// small image out of view, as with digits.
/// </summary>
/// <remarks>
/// For grey images, of one channel, saturation is left out. Pixels that move are interpolated bilinearly, where the paper's program takes the nearest; what
/// comes from outside of the image is black. Of four channels the first, transparency, moves with the image, and no change of colors touches it.
/// The level is uniform over 0, 1, ..., 30; where a strength has two ways, both are equally probable.
/// <list type="table">
/// <listheader><term>operation</term><description>strength at level 0 to 30</description></listheader>
/// <item><term>identity, auto-contrast, equalize</term><description>none</description></item>
/// <item><term>rotate, about the centre</term><description>0 to 135 degrees, either way</description></item>
/// <item><term>solarize: invert from a threshold on</term><description>threshold 256 to 0</description></item>
/// <item><term>posterize: keep the highest bits</term><description>8 to 2 bits</description></item>
/// <item><term>saturation, contrast, brightness, sharpness</term><description>factor 1 to 1.99, or 1 to 0.01</description></item>
/// <item><term>shear x, shear y, at the upper left corner</term><description>0 to 0.99, either way</description></item>
/// <item><term>translate x, translate y</term><description>0 to 32 pixels, either way</description></item>
/// </list>
/// </remarks>
[UnionCase("TrivialAugment")]
public sealed record TrivialAugmentOptions : ColorAugmentationOptions
{
    /// <summary>The probability that an image is changed at all, from 0 (never) to 1 (always). Default: 1.</summary>
    public override double Probability { get; init; } = 1;

    internal override string Name => "TrivialAugment";

    internal override void CheckImage(IExceptionContext context, ImageShape shape)
    {
        base.CheckImage(context, shape);
        PolicyChannels.Check(context, this, shape);
    }

    internal override ImageOperation CreateOperation(ImageLayout image) => new Operation(image, Scale);

    private sealed class Operation(ImageLayout image, PixelScale scale) : ImageOperation(image)
    {
        private readonly PolicySpace _space = PolicySpace.Wide(image);
        private readonly ColorPlanes _picture = new(image, scale);

        public override void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random)
        {
            _picture.Load(source);
            _space.ApplyOne(_picture, (int)random.NextInt64(PolicySpace.TopLevel + 1), ref random);
            _picture.Store(result);
        }
    }
}
