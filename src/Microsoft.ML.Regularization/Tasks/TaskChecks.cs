using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Refuses losses and metrics that do not fit the task; the message names both.</summary>
internal static class TaskChecks
{
    /// <summary>Refuses options that do not fit the task or its loss.</summary>
    public static void Check(IExceptionContext context, LearningTask task, LossFunction? loss, ClassWeights? classWeights, Calibration? calibration, RegularizationRecipe recipe)
    {
        CheckLoss(context, task, loss);
        CheckMetric(context, task, recipe.EarlyStopping?.Metric);
        List<Demand> demands = [.. recipe.Demands()];
        if (classWeights is not null)
            demands.Add(new Demand(nameof(ClassWeights), classWeights, Capabilities.Classes));
        if (calibration is not (null or NoCalibration))
            demands.Add(new Demand(nameof(Calibration), calibration, Capabilities.Classes));
        Compatibility.Check(context, demands, task, loss ?? task.DefaultLoss);
    }

    /// <summary>Refuses soft labels where the loss is not defined for them.</summary>
    public static void CheckSoftLabels(IExceptionContext context, LossFunction? loss, string labelColumnName, DataViewType labelType)
    {
        if (loss is not null && !loss.Offers.HasFlag(Capabilities.MixedTargets))
        {
            throw context.ExceptUserArg(
                LossFunction.Option,
                $"Loss is {loss}, which is defined for hard labels, but column '{labelColumnName}' has soft ones ({labelType}). "
                + "Take LossFunction.CrossEntropy, or mix with LabelMode.WeightedPairs.");
        }
    }

    private static void CheckLoss(IExceptionContext context, LearningTask task, LossFunction? loss)
    {
        if (loss is null || task.Losses.Any(own => own.GetType() == loss.GetType()) || loss.IsFor(task.Offers))
            return;

        var names = task.Losses.Select(own => own.Name).ToList();
        var fitting = string.Join(" or ", new[] { string.Join(", ", names.SkipLast(1)), names[^1] }.Where(part => part.Length > 0));
        throw context.ExceptUserArg(LossFunction.Option, $"Loss is {loss}, which a {task} cannot be trained with: it takes {fitting}.");
    }

    private static void CheckMetric(IExceptionContext context, LearningTask task, ValidationMetric? metric)
    {
        if (metric is null || task.Metrics.Contains(metric.Value))
            return;

        throw context.ExceptUserArg(
            nameof(EarlyStopping.Metric),
            $"EarlyStopping.Metric is {metric}, which a {task} does not measure: it measures {string.Join(", ", task.Metrics)}.");
    }
}
