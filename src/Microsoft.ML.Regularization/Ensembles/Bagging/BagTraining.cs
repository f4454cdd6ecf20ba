using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>
/// Trains several networks with the same settings: see <see cref="NeuralNetworkOptions.Members"/> and <see cref="NeuralNetworkOptions.Folds"/>.
/// </summary>
internal static class BagTraining
{
    /// <summary>Trains on the training rows, and then again on all rows if that is requested and possible; with folds it is not.</summary>
    /// <param name="host">Makes errors.</param>
    /// <param name="channel">Receives messages.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">Those that all networks share.</param>
    /// <param name="bag">Which networks.</param>
    public static BagOutcome Train(IHost host, IChannel channel, TrainingSet data, TrainingSettings settings, BagPlan bag)
    {
        var (stopped, pace) = TrainOnce(host, channel, data, settings, bag);
        if (bag.Folds.Count > 0 || !Retraining.IsDue(channel, settings, stopped.History) || !data.TryMergeValidation())
            return stopped;

        try
        {
            return Retrain(host, channel, data, settings, bag, stopped, pace);
        }
        catch (OperationCanceledException) when (settings.Watch.Interruption is not null)
        {
            return stopped;
        }
    }

    private static BagOutcome Retrain(
        IHost host, IChannel channel, TrainingSet data, TrainingSettings settings, BagPlan bag, BagOutcome stopped, RunPace pace)
    {
        var epochs = stopped.History.ModelEpoch;
        channel.Info($"Training {stopped.Members.Count} networks anew on all {data.Training.Count} rows for {epochs} epochs.");
        var again = Retraining.SettingsFor(settings, epochs, pace) with { Checkpoint = settings.Checkpoint?.OpenRetraining(epochs) };
        var (retrained, _) = TrainOnce(host, channel, data, again, bag);
        if (retrained.Members.Count < stopped.Members.Count || retrained.Members.Any(member => member.Outcome.History.Epochs.Count < epochs))
            return stopped;

        var members = stopped.Members.Zip(retrained.Members, (before, after) =>
            (after.Outcome with { History = before.Outcome.History with { RetrainingEpochs = after.Outcome.History.Epochs } }, after.Input, after.Settings));
        return new BagOutcome([.. members], stopped.History with { RetrainingEpochs = retrained.History.Epochs });
    }

    private static (BagOutcome Outcome, RunPace Pace) TrainOnce(IHost host, IChannel channel, TrainingSet data, TrainingSettings settings, BagPlan bag)
    {
        ITrainingData[] sets = bag.Folds.Count > 0 ? [.. bag.Folds] : [data];
        var areFolds = bag.Folds.Count > 0;
        var plans = Enumerable.Range(0, bag.Members)
            .SelectMany(member => MemberSettings.PlansOf(sets, areFolds, Behind(member), member)).OrderBy(plan => plan.Place.Fold).ToList();
        var groups = sets.Select((set, i) => new MemberGroup(channel, set, plans, fold: areFolds ? i + 1 : null)).ToList();
        using var cohort = new Cohort(host, channel, new CohortRows(sets, settings), plans, new GroupObserver(groups), bag.Threads);
        cohort.Train(settings.Checkpoint, settings.Progress);
        var outcome = BagHistory.OutcomeOf(cohort, groups, MeanCalibration.Of(channel, cohort, groups, settings.Calibration));
        if (!areFolds)
            return (outcome, cohort.Rows.Pace);

        var outOfFold = OutOfFoldPredictions.Of(cohort, groups, data);
        var history = outcome.History with { OutOfFoldMetrics = outOfFold.Measure(host, data, settings), TrainingRows = data.Training.Count };
        return (outcome with { OutOfFold = outOfFold, History = history }, cohort.Rows.Pace);

        // The networks of a pack differ in their architectures.
        TrainingSettings Behind(int member) => bag.Previous.Count == 0
            ? settings
            : settings with { Architecture = bag.Previous[member].Architecture, Previous = bag.Previous[member].Outcome };
    }
}
