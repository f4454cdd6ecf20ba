using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Trains a pack: see <see cref="PackOptions"/>.</summary>
internal static class PackTraining
{
    // The last of four swings of RealMLP's learning rate takes 53 % of the epochs.
    private const double PatientShare = 0.55;

    /// <param name="host">Makes errors.</param>
    /// <param name="channel">Receives messages.</param>
    /// <param name="data">The rows.</param>
    /// <param name="folds">The same in folds; none for the validation rows that they have.</param>
    /// <param name="settings">Those of the options.</param>
    /// <param name="options">The pack's.</param>
    /// <param name="tabM">Those of <see cref="PackOptions.TabM"/>; null where there is none.</param>
    /// <param name="threads">How many threads train it; null for one for each processor.</param>
    /// <exception cref="OperationCanceledException">It was cancelled before the first epoch of any network was complete.</exception>
    /// <exception cref="TimeoutException">The time limit was reached before that.</exception>
    public static PackOutcome Train(
        IHost host, IChannel channel, TrainingSet data, IReadOnlyList<ITrainingData> folds, TrainingSettings settings, PackOptions options, TrainingSettings? tabM = null, int? threads = null)
    {
        var sets = PackSets.Of(data, folds);
        if (sets.Sets.Any(set => set.Validation.Count == 0))
        {
            throw host.ExceptUserArg(
                "Pack", "Pack selects an ensemble by validation rows, but there are none: put ml.Transforms.HoldOut into the pipeline, give a ValidationSet, or set ValidationFraction above 0 or Folds.");
        }

        var hasClasses = data.Target.ClassCount is not null;
        var patience = options.Patience ?? (int)Math.Ceiling(PatientShare * settings.MaxEpochs);
        var members = Enumerable.Range(0, options.Members).Select(MemberOf).ToList();
        var waves = PackMemory.Of(data, sets, members, options).Waves(host, channel, members, options.MaxMegabytes, settings.Watch.Clock.Limit);
        var metric = options.Metric ?? (hasClasses ? ValidationMetric.Loss : ValidationMetric.RootMeanSquaredError);
        var packRows = new PackRows(host, data, sets.Sets, settings, metric);
        var selection = new PackSelection(options, packRows, members, patience);
        using var training = new PackWaves(host, channel, sets, waves, selection, settings, threads);
        training.Train();
        if (selection.Ensemble.Count == 0)
            throw settings.Watch.Nothing(training.Interruption ?? StopReason.TimeLimit, "before the first epoch of all networks was complete");
        return new PackEnd(data, training, selection).Finish(channel, packRows, settings.Calibration);

        // Its rate is constant: it waits for no last swing.
        PackMember MemberOf(int number) => tabM is not null && number == options.Members - 1
            ? new PackMember(number, tabM, Math.Min(patience, tabM.Recipe.EarlyStopping?.Patience ?? patience))
            : new PackMember(number, PackDraw.Of(settings, number, hasClasses, options.Draws), patience);
    }
}
