using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The numbers of channels that a policy's operations are defined for.</summary>
internal static class PolicyChannels
{
    /// <summary>Refuses images of other numbers of channels than the operations are defined for.</summary>
    public static void Check(IExceptionContext context, ImageAugmentationOptions options, ImageShape shape)
    {
        if (shape.Channels is not (1 or 3 or 4))
        {
            throw context.ExceptUserArg(nameof(options.Shape), string.Create(
                CultureInfo.InvariantCulture,
                $"{options.Name} is for images of 1 channel (grey), 3 (colors) or 4 (with transparency), but those in column "
                + $"'{options.EffectiveFeatureColumnName}' have {shape.Channels}."));
        }
    }
}
