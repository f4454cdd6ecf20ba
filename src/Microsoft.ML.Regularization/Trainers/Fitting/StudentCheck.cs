using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>Checks what a student needs of the rows: see <see cref="NeuralNetworkOptions.DistillInto"/>.</summary>
internal static class StudentCheck
{
    /// <summary>Refuses rows that a student cannot learn from, before any is read.</summary>
    /// <param name="setup">The trainer's.</param>
    /// <param name="view">The rows.</param>
    /// <param name="columns">Their columns, as the teacher reads them.</param>
    /// <param name="goesOn">Whether training goes on from a model.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are such rows.</exception>
    public static void CheckRows(TrainerSetup setup, IDataView view, TrainingColumns columns, bool goesOn)
    {
        if (setup.Options.DistillInto is not { } student)
            return;

        var host = setup.Host;
        if (goesOn)
            throw DistillationCheck.Refusal(host, student, "training goes on from a model, and a student is trained from the start: leave DistillInto out");
        if (Upstream.Of(view).OfType<AugmentedView>().FirstOrDefault() is { } augmented)
        {
            throw DistillationCheck.Refusal(
                host, student, $"{augmented.AugmentationName} before the trainer changes rows, and the teacher predicts each row once: put it into the recipe's "
                + nameof(RegularizationRecipe.Augmentations));
        }

        DistillationCheck.As(host, student, () =>
        {
            var layout = FitColumns.Find(setup.Student(), view).Input.Layout;
            student.CheckInput(host, layout);
            if (layout != columns.Input.Layout)
                throw host.ExceptUserArg(nameof(NeuralNetworkOptions.DistillInto), $"it would read {layout}, and its teacher reads {columns.Input.Layout}.");
        });
    }

    /// <summary>Refuses rows that turned out not to fit into memory, and an early stop of the student that has no rows to go by.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are such rows.</exception>
    public static void CheckData(TrainerSetup setup, TrainingSet data)
    {
        if (setup.Options.DistillInto is not { } student)
            return;
        if (data.IsStreaming)
            throw DistillationCheck.Refusal(setup.Host, student, $"a student learns from rows in memory, and these do not fit into it: set {nameof(DataCaching)} to {DataCaching.Memory}, or leave DistillInto out");
        if (setup.Plan.Folds is null)
            DistillationCheck.As(setup.Host, student, () => FitRows.CheckValidation(setup.Student(), data));
    }
}
