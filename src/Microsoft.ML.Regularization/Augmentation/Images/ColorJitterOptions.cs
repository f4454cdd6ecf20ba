using System.Globalization;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Color jitter: while a pipeline is fitted, brightness, contrast, saturation and hue of each image are changed by random amounts and in random order
/// (as in Krizhevsky, Sutskever and Hinton, "ImageNet classification with deep convolutional neural networks", 2012, and Howard, "Some improvements on
/// deep convolutional neural network based image classification", 2013; the definitions are those of torchvision). Where colors tell classes apart, as of
/// ripe fruit, keep saturation and hue small.
/// </summary>
/// <remarks>
/// With grey = 0.299 red + 0.587 green + 0.114 blue, a change by a factor gives
/// <list type="bullet">
/// <item>brightness: factor * color;</item>
/// <item>contrast: factor * color + (1 - factor) * the mean grey of the image;</item>
/// <item>saturation: factor * color + (1 - factor) * the grey of the pixel;</item>
/// <item>hue: the hue in HSV turned, at the same value and saturation.</item>
/// </list>
/// After each the colors are clamped to those from black to white. Images of one channel are grey: they get brightness and contrast only. Of four channels
/// the first, transparency, is not changed.
/// </remarks>
[UnionCase("ColorJitter")]
public sealed record ColorJitterOptions : ColorAugmentationOptions
{
    private const double DefaultRange = 0.4;

    /// <summary>
    /// Range of the brightness factor, which is uniform from max(0, 1 - x) to 1 + x. At least 0, which leaves brightness as it is; from 1 on black images
    /// occur. Default: 0.4.
    /// </summary>
    public double Brightness { get; init; } = DefaultRange;

    /// <summary>
    /// Range of the contrast factor, which is uniform from max(0, 1 - x) to 1 + x. At least 0, which leaves contrast as it is; from 1 on images of one grey
    /// occur. Default: 0.4.
    /// </summary>
    public double Contrast { get; init; } = DefaultRange;

    /// <summary>
    /// Range of the saturation factor, which is uniform from max(0, 1 - x) to 1 + x. At least 0, which leaves saturation as it is; from 1 on grey images
    /// occur. Default: 0.4.
    /// </summary>
    public double Saturation { get; init; } = DefaultRange;

    /// <summary>
    /// Range of the turn of hues, which is uniform from -x to x. In turns, from 0, which leaves hues as they are, to 0.5, which makes any hue of any.
    /// Default: 0.1.
    /// </summary>
    public double Hue { get; init; } = 0.1;

    /// <summary>The probability that an image is changed at all, from 0 (never) to 1 (always). Default: 1.</summary>
    public override double Probability { get; init; } = 1;

    internal override string Name => "ColorJitter";

    internal override bool IsIdentity => base.IsIdentity || (Brightness == 0 && Contrast == 0 && Saturation == 0 && Hue == 0);

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckAtLeast(Brightness, nameof(Brightness), 0);
        context.CheckAtLeast(Contrast, nameof(Contrast), 0);
        context.CheckAtLeast(Saturation, nameof(Saturation), 0);
        context.CheckBetween(Hue, nameof(Hue), 0, 0.5);
    }

    internal override void CheckImage(IExceptionContext context, ImageShape shape)
    {
        base.CheckImage(context, shape);
        if (shape.Channels is 1 or 3 or 4)
            return;

        var (option, value) = Saturation > 0 ? (nameof(Saturation), Saturation) : (nameof(Hue), Hue);
        if (value > 0)
        {
            throw context.ExceptUserArg(option, string.Create(
                CultureInfo.InvariantCulture,
                $"{option} must be 0 for images of {shape.Channels} channels, which the images in column '{EffectiveFeatureColumnName}' have, but it is {value}: "
                + $"colors have 3, or 4 with transparency."));
        }
    }

    internal override ImageOperation CreateOperation(ImageLayout image) => new Operation(image, this);

    private sealed class Operation : ImageOperation
    {
        private readonly ColorPlanes _picture;
        private readonly List<Change> _changes = [];
        private readonly int[] _order;

        public Operation(ImageLayout image, ColorJitterOptions options)
            : base(image)
        {
            _picture = new ColorPlanes(image, options.Scale);
            AddFactor(ColorChanges.Brightness, options.Brightness);
            AddFactor(ColorChanges.Contrast, options.Contrast);
            if (_picture.Colors == 3)
            {
                AddFactor(ColorChanges.Saturation, options.Saturation);
                if (options.Hue > 0)
                    _changes.Add(new Change(ColorChanges.Hue, -options.Hue, options.Hue));
            }

            _order = new int[_changes.Count];
        }

        public override void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random)
        {
            _picture.Load(source);
            for (var i = 0; i < _order.Length; i++)
                _order[i] = i;
            for (var i = 0; i < _order.Length; i++)
            {
                var other = i + (int)random.NextInt64(_order.Length - i);
                (_order[i], _order[other]) = (_order[other], _order[i]);
                var change = _changes[_order[i]];
                change.Apply(_picture, (float)(change.Low + (change.High - change.Low) * random.NextDouble()));
            }

            _picture.Store(result);
        }

        private void AddFactor(Action<ColorPlanes, float> change, double range)
        {
            if (range > 0)
                _changes.Add(new Change(change, Math.Max(0, 1 - range), 1 + range));
        }

        private sealed record Change(Action<ColorPlanes, float> Apply, double Low, double High);
    }
}
