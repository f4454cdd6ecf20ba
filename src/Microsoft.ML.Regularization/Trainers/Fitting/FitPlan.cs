using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Completes a trainer's plan once its rows are there.</summary>
internal static class FitPlan
{
    // A class with a smaller part of the rows that it would have among even ones is rare: of two classes one of less than a tenth.
    private const double ShareOfEven = 0.2;

    public static TrainingPlan Of(TrainingPlan before, IChannel channel, TrainingColumns columns, TrainingSet data)
    {
        var plan = before.For(RowsOf(before, data), EqualLengths.Are(data.Training, columns.Input.Layout), HasRareClass(data));
        if (plan.InputScaling != before.InputScaling)
        {
            channel.Info(
                $"Column '{columns.InputName}': rows have the same length, as embeddings have, so that all its numbers are divided by it, rather than each by a "
                + $"scale of its own. Set {nameof(NeuralNetworkOptions.InputScaling)} to choose.");
        }

        if (plan.Recipe != before.Recipe)
        {
            channel.Info(
                $"Column '{data.LabelColumnName}' has a rare class: early stopping watches the loss rather than the accuracy. "
                + $"Set {nameof(NeuralNetworkOptions.Recipe)} to choose.");
        }

        return plan;
    }

    // A network does not train on its own fold.
    private static long RowsOf(TrainingPlan plan, TrainingSet data) =>
        plan.Folds is { } folds ? data.Training.Count - data.Training.Count / folds : data.Training.Count;

    // Classes that no training row shows have no share that could be small.
    private static bool HasRareClass(TrainingSet data)
    {
        if (data.Target.ClassCount is null)
            return false;
        var masses = data.TrainingSummary.Classes.ShownMasses().Where(mass => mass > 0).ToList();
        return masses.Count > 1 && masses.Min() < ShareOfEven * masses.Average();
    }
}
