using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Random horizontal flip: while a pipeline is fitted, images are mirrored left to right (Krizhevsky, Sutskever and Hinton, "ImageNet classification
/// with deep convolutional neural networks", 2012, section 4.1). Not for images whose meaning it changes, such as letters and digits.
/// </summary>
[UnionCase("RandomHorizontalFlip")]
public sealed record RandomHorizontalFlipOptions : ImageAugmentationOptions
{
    /// <summary>The probability that an image is mirrored, from 0 (never) to 1 (always). Default: 0.5.</summary>
    public override double Probability { get; init; } = 0.5;

    internal override string Name => "RandomHorizontalFlip";

    internal override ImageOperation CreateOperation(ImageLayout image) => new Operation(image);

    private sealed class Operation(ImageLayout image) : ImageOperation(image)
    {
        public override void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random)
        {
            source.CopyTo(result);
            for (var start = 0; start < result.Length; start += Image.RowLength)
                ReversePixels(result.Slice(start, Image.RowLength));
        }

        private void ReversePixels(Span<float> row)
        {
            switch (Image.PixelSize)
            {
                case 1:
                    row.Reverse();
                    break;
                case 2:
                    MemoryMarshal.Cast<float, Vector2>(row).Reverse();
                    break;
                case 3:
                    MemoryMarshal.Cast<float, Vector3>(row).Reverse();
                    break;
                case 4:
                    MemoryMarshal.Cast<float, Vector128<float>>(row).Reverse();
                    break;
                default:
                    // Turned as a whole, then each pixel back.
                    row.Reverse();
                    for (var start = 0; start < row.Length; start += Image.PixelSize)
                        row.Slice(start, Image.PixelSize).Reverse();
                    break;
            }
        }
    }
}
