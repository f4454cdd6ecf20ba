using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Refuses options that a task has no use for, or that contradict each other, and names both sides.</summary>
internal static class TaskChecks
{
    private static readonly ValidationMetric[] OfClasses = [ValidationMetric.Loss, ValidationMetric.Accuracy, ValidationMetric.MacroAccuracy];

    private static readonly ValidationMetric[] OfNumbers =
        [ValidationMetric.Loss, ValidationMetric.RSquared, ValidationMetric.MeanAbsoluteError, ValidationMetric.RootMeanSquaredError];

    public static void Check(IExceptionContext context, LearningTaskKind kind, NeuralNetworkOptions options, RegularizationRecipe recipe)
    {
        var hasClasses = kind != LearningTaskKind.Regression;
        var name = kind switch
        {
            LearningTaskKind.Multiclass => "multiclass classification",
            LearningTaskKind.Binary => "binary classification",
            _ => "regression",
        };
        if (options.Loss is { } loss && loss.IsOfClasses != hasClasses)
        {
            var fitting = hasClasses ? "CrossEntropy or Focal" : "Squared, Absolute or Huber";
            throw context.ExceptUserArg(nameof(options.Loss), $"Loss is {loss}, which a {name} cannot be trained with: it takes {fitting}.");
        }

        ValidationMetric[] metrics = kind == LearningTaskKind.Regression ? OfNumbers
            : kind == LearningTaskKind.Binary ? [.. OfClasses, ValidationMetric.AreaUnderRocCurve]
            : OfClasses;
        if (recipe.EarlyStopping is { } stopping && !metrics.Contains(stopping.Metric))
        {
            throw context.ExceptUserArg(
                nameof(EarlyStopping.Metric),
                $"EarlyStopping.Metric is {stopping.Metric}, which a {name} does not measure: it measures {string.Join(", ", metrics)}.");
        }

        if (!hasClasses)
        {
            RefuseForRegression(recipe.LabelSmoothing != 0, nameof(recipe.LabelSmoothing), recipe.LabelSmoothing);
            RefuseForRegression(recipe.ConfidencePenalty is not null, nameof(recipe.ConfidencePenalty), recipe.ConfidencePenalty);
            RefuseForRegression(options.ClassWeights is not null, nameof(options.ClassWeights), options.ClassWeights);
        }

        if (options.Loss is not null)
            Compatibility.Check(context, recipe.Demands(), options.Loss);

        if (recipe.ManifoldMixup is { Layers: { } layers } && layers.Max() >= options.Architecture.MixableStates)
        {
            throw context.ExceptUserArg(
                $"{nameof(recipe.ManifoldMixup)}.{nameof(recipe.ManifoldMixup.Layers)}",
                $"ManifoldMixup.Layers names layer {layers.Max()}, but the last layer that Architecture {options.Architecture} can mix at is "
                + $"{options.Architecture.MixableStates - 1}.");
        }

        void RefuseForRegression(bool isSet, string option, object? value)
        {
            if (isSet)
            {
                throw context.ExceptUserArg(option, string.Create(
                    CultureInfo.InvariantCulture, $"{option} is {value}, but it is about the probabilities of classes, and a regression has none."));
            }
        }
    }

    /// <summary>Refuses soft labels where the loss is not defined for them.</summary>
    public static void CheckSoftLabels(IExceptionContext context, NeuralNetworkOptions options, string labelType)
    {
        if (options.Loss is { } loss && !loss.Offers.HasFlag(Capabilities.MixedTargets))
        {
            throw context.ExceptUserArg(
                nameof(options.Loss),
                $"Loss is {loss}, which is defined for hard labels, but column '{options.LabelColumnName}' has soft ones ({labelType}). "
                + "Take LossFunction.CrossEntropy, or mix with LabelMode.WeightedPairs.");
        }
    }
}
