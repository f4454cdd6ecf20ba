using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Random resized crop: while a pipeline is fitted, a random part of each image, of a random share of its area and a random ratio of width to height,
/// is enlarged bilinearly to the image's size (Szegedy, Liu, Jia, Sermanet, Reed, Anguelov, Erhan, Vanhoucke and Rabinovich, "Going deeper with
/// convolutions", 2015, section 6).
/// </summary>
/// <remarks>
/// Shares of the area are uniform, and so are the logarithms of ratios. Sides are rounded to pixels; if ten draws do not fit into the image, the
/// largest part about its centre whose ratio is within the range is taken. The pixels' edges are what scales: the outer edges of the part become
/// those of the image.
/// </remarks>
[UnionCase("RandomResizedCrop")]
public sealed record RandomResizedCropOptions : ImageAugmentationOptions
{
    private const double DefaultMinRatio = 3.0 / 4;
    private const double DefaultMaxRatio = 4.0 / 3;

    /// <summary>
    /// The least share of the image's area, above 0 to 1, where 1 keeps all of the area. Small parts may miss the labelled object: 0.08 is for large
    /// photographs and long training. Default: 0.08.
    /// </summary>
    public double MinScale { get; init; } = 0.08;

    /// <summary>The greatest share of the image's area, from <see cref="MinScale"/> to 1. Default: 1.</summary>
    public double MaxScale { get; init; } = 1;

    /// <summary>The least ratio of the part's width to its height, in pixels, above 0. Default: 3/4.</summary>
    public double MinRatio { get; init; } = DefaultMinRatio;

    /// <summary>The greatest ratio of the part's width to its height, in pixels, at least <see cref="MinRatio"/>. Default: 4/3.</summary>
    public double MaxRatio { get; init; } = DefaultMaxRatio;

    /// <summary>The probability that an image is changed at all, from 0 (never) to 1 (always). Default: 1.</summary>
    public override double Probability { get; init; } = 1;

    internal override string Name => "RandomResizedCrop";

    internal override bool ComputesPixels => true;

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        RandomRectangle.Validate(context, MinScale, MaxScale, MinRatio, MaxRatio);
    }

    internal override ImageOperation CreateOperation(ImageLayout image) => new Operation(image, this);

    /// <summary>The largest rectangle about the centre whose ratio is within the range, as far as whole pixels allow.</summary>
    internal ImageRectangle CentreOf(ImageLayout image)
    {
        var ratio = Math.Clamp((double)image.Width / image.Height, MinRatio, MaxRatio);
        var width = (int)Math.Clamp(Math.Round(image.Height * ratio), 1, image.Width);
        var height = (int)Math.Clamp(Math.Round(image.Width / ratio), 1, image.Height);
        var (left, top) = ((image.Width - width) / 2, (image.Height - height) / 2);
        return new ImageRectangle(left, top, left + width, top + height);
    }

    private sealed class Operation(ImageLayout image, RandomResizedCropOptions options) : ImageOperation(image)
    {
        private readonly RandomRectangle _rectangle = new(options.MinScale, options.MaxScale, options.MinRatio, options.MaxRatio);
        private readonly ImageRectangle _centre = options.CentreOf(image);
        private readonly BilinearResize _resize = new(image);

        public override void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random) =>
            _resize.Apply(_rectangle.TryDraw(Image, ref random, out var rectangle) ? rectangle : _centre, source, result);
    }
}
