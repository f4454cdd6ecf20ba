using System.Globalization;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Random crop: while a pipeline is fitted, each image is padded on all sides, and an image of the original size is cut out at a random place, all
/// places being equally probable. This moves the picture by up to the padding in each direction (He, Zhang, Ren and Sun, "Deep residual learning for
/// image recognition", 2016, section 4.2, who pad images of 32 x 32 pixels by 4).
/// </summary>
[UnionCase("RandomCrop")]
public sealed record RandomCropOptions : ImageAugmentationOptions
{
    /// <summary>
    /// Pixels added on each side, at least 0: with 0 nothing moves; an eighth of the side is usual. <see cref="PaddingMode.Reflect"/> needs fewer than
    /// the image's shorter side; with the other modes as much as a side can leave an image of padding alone. Default: 4.
    /// </summary>
    public int Padding { get; init; } = 4;

    /// <summary>The values that the image is padded with. Default: <see cref="PaddingMode.Zero"/>.</summary>
    public PaddingMode PaddingMode { get; init; } = PaddingMode.Zero;

    /// <summary>
    /// The value of the padding of <see cref="PaddingMode.Zero"/>, in the pixels' own scale, finite; other modes have no use for it. Default: 0, which
    /// is black for pixels that are not normalized.
    /// </summary>
    public double Fill { get; init; }

    /// <summary>The probability that an image is changed at all, from 0 (never) to 1 (always). Default: 1.</summary>
    public override double Probability { get; init; } = 1;

    internal override string Name => "RandomCrop";

    internal override bool IsIdentity => Padding == 0 || base.IsIdentity;

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        context.CheckAtLeast(Padding, nameof(Padding), 0);
        context.CheckDefined(PaddingMode, nameof(PaddingMode));
        context.CheckFinite(Fill, nameof(Fill));
    }

    internal override void CheckImage(IExceptionContext context, ImageShape shape)
    {
        var shorter = Math.Min(shape.Height, shape.Width);
        if (PaddingMode == PaddingMode.Reflect && Padding >= shorter)
        {
            throw context.ExceptUserArg(nameof(Padding), string.Create(
                CultureInfo.InvariantCulture,
                $"Padding must be below {shorter}, the shorter side of the images in column '{EffectiveFeatureColumnName}', for PaddingMode Reflect, but it is {Padding}."));
        }
    }

    internal override ImageOperation CreateOperation(ImageLayout image) => new Operation(image, this);

    private sealed class Operation(ImageLayout image, RandomCropOptions options) : ImageOperation(image)
    {
        private readonly float _fill = (float)options.Fill;

        public override void Apply(ReadOnlySpan<float> source, Span<float> result, ref KeyedStream random)
        {
            var right = Offset(Image.Width, ref random);
            var down = Offset(Image.Height, ref random);
            for (var plane = 0; plane < Image.Planes; plane++)
            {
                for (var y = 0; y < Image.Height; y++)
                {
                    var to = result.Slice(Image.Row(plane, y), Image.RowLength);
                    var sourceY = Padded(y + down, Image.Height);
                    if (sourceY < 0)
                        to.Fill(_fill);
                    else
                        CutRow(source.Slice(Image.Row(plane, sourceY), Image.RowLength), to, right);
                }
            }
        }

        // A shift of more than the side leaves only padding.
        private int Offset(int side, ref KeyedStream random) =>
            (int)Math.Clamp(random.NextInt64(2L * options.Padding + 1) - options.Padding, -side, side);

        private void CutRow(ReadOnlySpan<float> from, Span<float> to, int right)
        {
            var first = Math.Max(0, -right);
            var last = Math.Min(Image.Width, Image.Width - right);
            from[((first + right) * Image.PixelSize)..((last + right) * Image.PixelSize)].CopyTo(to[(first * Image.PixelSize)..]);
            Pad(from, to, 0, first, right);
            Pad(from, to, last, Image.Width, right);
        }

        private void Pad(ReadOnlySpan<float> from, Span<float> to, int first, int last, int right)
        {
            if (options.PaddingMode == PaddingMode.Zero)
            {
                to[(first * Image.PixelSize)..(last * Image.PixelSize)].Fill(_fill);
                return;
            }

            if (Image.PixelSize == 1)
            {
                for (var x = first; x < last; x++)
                    to[x] = from[Padded(x + right, Image.Width)];
                return;
            }

            for (var x = first; x < last; x++)
                from.Slice(Padded(x + right, Image.Width) * Image.PixelSize, Image.PixelSize).CopyTo(to[(x * Image.PixelSize)..]);
        }

        /// <summary>The pixel that stands at a place of the padded side; -1 where that is the fill.</summary>
        private int Padded(int place, int side) => (uint)place < (uint)side
            ? place
            : options.PaddingMode switch
            {
                PaddingMode.Reflect => place < 0 ? -place : 2 * (side - 1) - place,
                PaddingMode.Edge => Math.Clamp(place, 0, side - 1),
                _ => -1,
            };
    }
}
