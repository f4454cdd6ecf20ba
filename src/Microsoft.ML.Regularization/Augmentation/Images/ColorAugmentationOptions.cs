using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of an augmentation that changes the colors of an image, and so must know what its numbers mean.
/// Records outside of the library cannot derive from it.
/// </summary>
public abstract record ColorAugmentationOptions : ImageAugmentationOptions
{
    private protected ColorAugmentationOptions()
    {
    }

    /// <summary>
    /// The meaning of the images' numbers. Three channels are red, green and blue; one is grey; four are transparency and then the colors, as
    /// <c>ExtractPixels</c> gives them. Default: null, which is <see cref="PixelScale.Byte"/>, from 0 (black) to 255 (white).
    /// </summary>
    public PixelScale? PixelScale { get; init; }

    internal PixelScale Scale => PixelScale ?? PixelScale.Byte;

    internal override bool ComputesPixels => true;

    internal override void Validate(IExceptionContext context)
    {
        base.Validate(context);
        PixelScale?.Validate(context);
    }

    internal override void CheckImage(IExceptionContext context, ImageShape shape) => Scale.CheckImage(context, shape, EffectiveFeatureColumnName);

    private protected override void CheckImageColumn(IExceptionContext context)
    {
        base.CheckImageColumn(context);
        if (Scale != PixelScale.Byte)
        {
            throw context.ExceptUserArg(
                nameof(PixelScale),
                $"PixelScale must be Byte, or null, for the images in column '{EffectiveFeatureColumnName}', whose pixels are bytes, but it is {PixelScale}.");
        }
    }
}
