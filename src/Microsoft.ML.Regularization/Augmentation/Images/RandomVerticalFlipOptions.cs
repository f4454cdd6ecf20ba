using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Random vertical flip: while a pipeline is fitted, images are mirrored top to bottom. For images that have no way up, such as those of microscopes and
/// satellites; photographs are rarely upside down.
/// </summary>
[UnionCase("RandomVerticalFlip")]
public sealed record RandomVerticalFlipOptions : ImageAugmentationOptions
{
    /// <summary>The probability that an image is mirrored, from 0 (never) to 1 (always). Default: 0.5.</summary>
    public override double Probability { get; init; } = 0.5;

    internal override string Name => "RandomVerticalFlip";

    internal override ImageOperation CreateOperation(ImageLayout image) => new Operation(image);

    private sealed class Operation(ImageLayout image) : ImageOperation(image)
    {
        public override void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random)
        {
            for (var plane = 0; plane < Image.Planes; plane++)
            {
                for (var y = 0; y < Image.Height; y++)
                    source.Slice(Image.Row(plane, y), Image.RowLength).CopyTo(result[Image.Row(plane, Image.Height - 1 - y)..]);
            }
        }
    }
}
