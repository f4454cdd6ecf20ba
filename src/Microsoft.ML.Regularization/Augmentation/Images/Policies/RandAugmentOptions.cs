using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// RandAugment: while a pipeline is fitted, each image goes through some random operations, all at one strength (Cubuk, Zoph, Shlens and Le, "RandAugment:
/// practical automated data augmentation with a reduced search space", 2020). Stronger than the defaults suits large networks and data sets;
/// <see cref="TrivialAugmentOptions"/> needs no tuning.
/// </summary>
/// <remarks>
/// For grey images, of one channel, saturation is left out. Pixels that move are interpolated bilinearly, where the paper's program takes the nearest; what
/// comes from outside of the image is black. Of four channels the first, transparency, moves with the image, and no change of colors touches it.
/// Operations are drawn with equal probability and may repeat; where a strength has two ways, both are equally probable.
/// <list type="table">
/// <listheader><term>operation</term><description>strength at magnitude 0 to 30</description></listheader>
/// <item><term>identity, auto-contrast, equalize</term><description>none</description></item>
/// <item><term>rotate, about the centre</term><description>0 to 30 degrees, either way</description></item>
/// <item><term>solarize: invert from a threshold on</term><description>threshold 256 to 0</description></item>
/// <item><term>posterize: keep the highest bits</term><description>8 to 4 bits</description></item>
/// <item><term>saturation, contrast, brightness, sharpness</term><description>factor 1 to 1.9, or 1 to 0.1</description></item>
/// <item><term>shear x, shear y, at the upper left corner</term><description>0 to 0.3, either way</description></item>
/// <item><term>translate x, translate y</term><description>0 to 150/331 of the side, either way</description></item>
/// </list>
/// </remarks>
[UnionCase("RandAugment")]
public sealed record RandAugmentOptions : ColorAugmentationOptions
{
    /// <summary>N, operations that an image goes through, from 1 to 100. Default: 2.</summary>
    public int Operations { get; init; } = 2;

    /// <summary>M, the strength of all operations, from 0 (least) to 30 (most). Default: 9.</summary>
    public int Magnitude { get; init; } = 9;

    /// <summary>The probability that an image is changed at all, from 0 (never) to 1 (always). Default: 1.</summary>
    public override double Probability { get; init; } = 1;

    internal override string Name => "RandAugment";

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckBetween(Operations, nameof(Operations), 1, 100);
        context.CheckBetween(Magnitude, nameof(Magnitude), 0, PolicySpace.TopLevel);
    }

    internal override void CheckImage(IExceptionContext context, ImageShape shape)
    {
        base.CheckImage(context, shape);
        PolicyChannels.Check(context, this, shape);
    }

    internal override ImageOperation CreateOperation(ImageLayout image) => new Operation(image, this);

    private sealed class Operation(ImageLayout image, RandAugmentOptions options) : ImageOperation(image)
    {
        private readonly PolicySpace _space = PolicySpace.RandAugment(image);
        private readonly ColorPlanes _picture = new(image, options.Scale);

        public override void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random)
        {
            _picture.Load(source);
            for (var i = 0; i < options.Operations; i++)
                _space.ApplyOne(_picture, options.Magnitude, ref random);
            _picture.Store(result);
        }
    }
}
