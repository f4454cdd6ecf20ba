using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Random erasing: while a pipeline is fitted, a random rectangle within each image, of a random share of its area and a random ratio of width to
/// height, is overwritten (Zhong, Zheng, Kang, Li and Yang, "Random erasing data augmentation", 2020).
/// </summary>
/// <remarks>
/// Shares of the area are uniform. So are the logarithms of ratios, where the paper draws the ratios themselves, which prefers one orientation of rectangles.
/// Sides are rounded to pixels; if ten draws do not fit into the image, it stays as it is. The paper fills with noise, uniform over pixels that are not
/// normalized; here a constant is the default.
/// </remarks>
[UnionCase("RandomErasing")]
public sealed record RandomErasingOptions : ImageAugmentationOptions
{
    /// <summary>The least share of the image's area that is erased, above 0 to 1, where 1 erases all of the area. Default: 0.02.</summary>
    public double MinScale { get; init; } = 0.02;

    /// <summary>The greatest share of the image's area that is erased, from <see cref="MinScale"/> to 1. Default: 0.33.</summary>
    public double MaxScale { get; init; } = 0.33;

    /// <summary>The least ratio of the rectangle's width to its height, in pixels, above 0. Default: 0.3.</summary>
    public double MinRatio { get; init; } = 0.3;

    /// <summary>The greatest ratio of the rectangle's width to its height, in pixels, at least <see cref="MinRatio"/>. Default: 3.3.</summary>
    public double MaxRatio { get; init; } = 3.3;

    /// <summary>The values that fill the rectangle. Default: <see cref="ErasingFill.Constant"/>.</summary>
    public ErasingFill FillMode { get; init; } = ErasingFill.Constant;

    /// <summary>
    /// The value that <see cref="ErasingFill.Constant"/> fills with, in the pixels' own scale, finite. Default: 0, which is the mean of normalized
    /// pixels, and black for others.
    /// </summary>
    public double Fill { get; init; }

    /// <summary>The mean of <see cref="ErasingFill.Noise"/>, in the pixels' own scale, finite. Default: 0, that of normalized pixels.</summary>
    public double NoiseMean { get; init; }

    /// <summary>
    /// The standard deviation of <see cref="ErasingFill.Noise"/>, in the pixels' own scale, at least 0, which makes the noise its mean. Default: 1,
    /// that of normalized pixels.
    /// </summary>
    public double NoiseDeviation { get; init; } = 1;

    /// <summary>The probability that an image is changed at all, from 0 (never) to 1 (always). Default: 0.5.</summary>
    public override double Probability { get; init; } = 0.5;

    internal override string Name => "RandomErasing";

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        RandomRectangle.Validate(context, MinScale, MaxScale, MinRatio, MaxRatio);
        context.CheckDefined(FillMode, nameof(FillMode));
        context.CheckFinite(Fill, nameof(Fill));
        context.CheckFinite(NoiseMean, nameof(NoiseMean));
        context.CheckAtLeast(NoiseDeviation, nameof(NoiseDeviation), 0);
    }

    internal override ImageOperation CreateOperation(ImageLayout image) => new Operation(image, this);

    private sealed class Operation(ImageLayout image, RandomErasingOptions options) : ImageOperation(image)
    {
        private readonly RandomRectangle _rectangle = new(options.MinScale, options.MaxScale, options.MinRatio, options.MaxRatio);

        // What the rectangle is filled with, channel by channel in either order of channels.
        private readonly float[] _numbers = options.FillMode == ErasingFill.Constant ? [] : new float[image.Size];
        private readonly float[] _columnSums = options.FillMode == ErasingFill.Mean ? new float[image.RowLength] : [];

        public override void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random)
        {
            source.CopyTo(result);
            if (!_rectangle.TryDraw(Image, ref random, out var rectangle))
                return;

            switch (options.FillMode)
            {
                case ErasingFill.Mean:
                    WriteMeans(source, rectangle.Area);
                    Overwrite(rectangle, result);
                    break;
                case ErasingFill.Noise:
                    var numbers = _numbers.AsSpan(0, rectangle.Area * Image.Planes * Image.PixelSize);
                    GaussianNoise.Fill(
                        numbers, new RandomKey(random.NextUInt32(), random.NextUInt32()), 0, options.NoiseMean, options.NoiseDeviation);
                    Overwrite(rectangle, result);
                    break;
                default:
                    rectangle.Fill(Image, result, (float)options.Fill);
                    break;
            }
        }

        private void WriteMeans(ReadOnlySpan<float> source, int area)
        {
            for (var plane = 0; plane < Image.Planes; plane++)
            {
                // The sums are over whole rows of memory, so pixels need not be taken apart.
                Array.Clear(_columnSums);
                for (var y = 0; y < Image.Height; y++)
                    TensorPrimitives.Add(_columnSums, source.Slice(Image.Row(plane, y), Image.RowLength), _columnSums);
                for (var i = 0; i < Image.PixelSize; i++)
                {
                    var sum = 0.0;
                    for (var x = i; x < _columnSums.Length; x += Image.PixelSize)
                        sum += _columnSums[x];
                    _numbers.AsSpan((plane * Image.PixelSize + i) * area, area).Fill((float)(sum / (Image.Height * Image.Width)));
                }
            }
        }

        private void Overwrite(ImageRectangle rectangle, Span<float> result)
        {
            ReadOnlySpan<float> numbers = _numbers;
            var width = rectangle.Right - rectangle.Left;
            for (var plane = 0; plane < Image.Planes; plane++)
            {
                for (var i = 0; i < Image.PixelSize; i++)
                {
                    for (var y = rectangle.Top; y < rectangle.Bottom; y++)
                    {
                        var row = result[(Image.Row(plane, y) + rectangle.Left * Image.PixelSize + i)..];
                        if (Image.PixelSize == 1)
                            numbers[..width].CopyTo(row);
                        for (var x = 0; Image.PixelSize > 1 && x < width; x++)
                            row[x * Image.PixelSize] = numbers[x];
                        numbers = numbers[width..];
                    }
                }
            }
        }
    }
}
