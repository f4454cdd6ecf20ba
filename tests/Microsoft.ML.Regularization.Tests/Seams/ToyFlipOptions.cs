namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>An image augmentation as somebody would add it: images are mirrored left to right, number by number.</summary>
[UnionCase("ToyFlip")]
internal sealed record ToyFlipOptions : ImageAugmentationOptions
{
    public override double Probability { get; init; } = 1;

    internal override string Name => "ToyFlip";

    internal override ImageOperation CreateOperation(ImageLayout image) => new Operation(image);

    private sealed class Operation(ImageLayout image) : ImageOperation(image)
    {
        public override void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random)
        {
            for (var i = 0; i < source.Length; i++)
            {
                var (pixel, part) = (i % Image.RowLength / Image.PixelSize, i % Image.PixelSize);
                result[i - i % Image.RowLength + (Image.Width - 1 - pixel) * Image.PixelSize + part] = source[i];
            }
        }
    }
}
