using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of a policy, which chooses from fourteen operations for each image. For grey images, of one channel, saturation is left out. Pixels that move are
/// interpolated bilinearly, where the papers' programs take the nearest; what comes from outside of the image is black. Of four channels the first,
/// transparency, moves with the image, and no change of colors touches it.
/// </summary>
public abstract record PolicyOptions : ColorAugmentationOptions
{
    private protected PolicyOptions()
    {
    }

    internal sealed override void CheckImage(IExceptionContext context, ImageShape shape)
    {
        base.CheckImage(context, shape);
        if (shape.Channels is not (1 or 3 or 4))
        {
            throw context.ExceptUserArg(nameof(Shape), string.Create(
                CultureInfo.InvariantCulture,
                $"{Name} is for images of 1 channel (grey), 3 (colors) or 4 (with transparency), but those in column '{EffectiveFeatureColumnName}' have {shape.Channels}."));
        }
    }
}
