using System.Globalization;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Splitting;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Warns of pipelines in which a training-only transform does not have the effect that it appears to have.</summary>
internal static class AugmentationNotices
{
    public static void Report(IChannel channel, IDataView trainingView)
    {
        var isBehindCache = false;
        var isBehindHoldOut = false;
        foreach (var view in Upstream.Of(trainingView))
        {
            switch (view)
            {
                case UntouchedView untouched:
                    channel.Warning(
                        $"The training rows passed through a fitted {untouched.Name}, which is an identity outside of the pipeline that it "
                        + $"was fitted in: this trainer does not see its effect. Append {untouched.Name} and the trainer to one pipeline, "
                        + "or use ml.Data.Augment.");
                    break;
                case var cached when CacheCheckpoint.Is(cached):
                    isBehindCache = true;
                    break;
                case var marked when HoldOutView.Is(marked):
                    isBehindHoldOut = true;
                    break;
                case AugmentedView augmented:
                    var name = augmented.AugmentationName;
                    if (isBehindCache && augmented.DrawsAnew)
                    {
                        channel.Warning(
                            $"A cache stands behind {name}: it is passed by, since {name} draws anew in every epoch, and what it is to save is computed in "
                            + "every epoch too. Put AppendCacheCheckpoint before it.");
                    }

                    if (isBehindHoldOut)
                        channel.Warning($"HoldOut stands behind {name}: the validation rows are augmented. Put HoldOut before it.");
                    break;
                default:
                    break;
            }
        }
    }

    /// <summary>Warns if mixing is to end early although nothing mixes rows.</summary>
    public static void ReportUnmixedEpochs(IChannel channel, IDataView trainingView, RegularizationRecipe recipe)
    {
        var isMixed = recipe.Augmentations?.Any(augmentation => augmentation.MixesRows) == true
            || Upstream.Of(trainingView).OfType<AugmentedView>().Any(view => view is { MixesRows: true, DrawsAnew: true });
        if (recipe.UnmixedEpochs > 0 && !isMixed)
        {
            channel.Warning(
                $"UnmixedEpochs is {recipe.UnmixedEpochs}, but nothing mixes the training rows anew in every epoch: neither the recipe's Augmentations "
                + "nor the pipeline.");
        }
    }

    /// <summary>Refuses rows from which no unbiased validation rows can be set aside, and warns of those that may give misleading results.</summary>
    public static void CheckValidationFraction(IHost host, IChannel channel, IDataView trainingView, double fraction)
    {
        if (Upstream.Of(trainingView).OfType<AugmentedView>().FirstOrDefault(augmented => augmented.RepeatsRows) is { } pairs)
        {
            throw host.ExceptUserArg(nameof(ValidationFraction), string.Create(
                CultureInfo.InvariantCulture,
                $"ValidationFraction is {fraction}, but {pairs.AugmentationName} writes rows more than once, and one of several alike would validate "
                + $"another. Put ml.Transforms.HoldOut before {pairs.AugmentationName}, or give a ValidationSet."));
        }

        if (Upstream.Of(trainingView).OfType<AugmentedView>().FirstOrDefault() is { } augmented)
        {
            channel.Warning(
                $"The validation rows are a share of rows that {augmented.AugmentationName} has changed, so validation metrics are those of augmented rows. "
                + $"Put ml.Transforms.HoldOut before {augmented.AugmentationName}, or give a ValidationSet.");
        }
    }
}
