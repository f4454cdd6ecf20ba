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
    /// <param name="threads">How many threads train it; null for one for each processor.</param>
    /// <exception cref="OperationCanceledException">It was cancelled before the first epoch of any network was complete.</exception>
    /// <exception cref="TimeoutException">The time limit was reached before that.</exception>
    public static PackOutcome Train(
        IHost host, IChannel channel, TrainingSet data, IReadOnlyList<ITrainingData> folds, TrainingSettings settings, PackOptions options, int? threads = null)
    {
        ITrainingData[] sets = folds.Count > 0 ? [.. folds] : [data];
        if (sets.Any(set => set.Validation.Count == 0))
        {
            throw host.ExceptUserArg(
                "Pack", "Pack selects an ensemble by validation rows, but there are none: put ml.Transforms.HoldOut into the pipeline, give a ValidationSet, or set ValidationFraction above 0 or Folds.");
        }

        var plans = new List<MemberPlan>();
        var members = new List<PackMember>();
        var rowsOf = sets.Select(set => new MemberRows(set)).ToList();
        for (var number = 0; number < options.Members; number++)
        {
            var drawn = PackDraw.Of(settings, number, data.Target.ClassCount is not null);
            members.Add(new PackMember(number, [.. Enumerable.Range(plans.Count, sets.Length)]));
            plans.AddRange(rowsOf.Select((rows, i) => new MemberPlan(rows, MemberSettings.Of(drawn, number, folds.Count > 0 ? i : null, previous: []))));
        }

        var isSparse = plans.Select(plan => SparseTraining.WhyDense(plan.Settings) is null).Distinct().ToList();
        if (isSparse.Count > 1)
            plans = plans.ConvertAll(plan => plan with { Settings = plan.Settings with { MultipliesSparseRows = false } });
        var metric = options.Metric ?? (data.Target.ClassCount is null ? ValidationMetric.RootMeanSquaredError : ValidationMetric.Loss);
        var packRows = new PackRows(host, data, sets, settings, metric);
        var patience = options.Patience ?? (int)Math.Ceiling(PatientShare * settings.MaxEpochs);
        var selection = new PackSelection(options, packRows, members, patience);
        using var cohort = new Cohort(host, channel, new CohortRows(sets, settings), plans, selection, threads);
        cohort.Train(settings.Checkpoint, settings.Progress);
        if (selection.Ensemble.Count == 0)
            throw settings.Watch.Nothing(cohort.Interruption ?? StopReason.TimeLimit, "before the first epoch of all networks was complete");
        return new PackEnd(data, cohort, selection).Finish(channel, packRows, settings.CalibrationDeviation);
    }
}
