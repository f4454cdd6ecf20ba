using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Trains several networks with the same settings on the same rows: see <see cref="NeuralNetworkOptions.Members"/>.</summary>
internal static class BagTraining
{
    /// <summary>Trains on the training rows, and then again on all rows if that is requested and possible.</summary>
    /// <param name="host">Makes errors.</param>
    /// <param name="channel">Receives messages.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">Those that all networks share.</param>
    /// <param name="members">How many networks.</param>
    /// <param name="previous">For each network one to continue from; empty to start new ones.</param>
    /// <param name="threads">How many threads train them; null for one for each processor.</param>
    public static BagOutcome Train(
        IHost host, IChannel channel, TrainingSet data, TrainingSettings settings, int members, IReadOnlyList<TrainingOutcome> previous, int? threads = null)
    {
        var (stopped, pace) = TrainOnce(host, channel, data, settings, members, previous, threads);
        if (!Retraining.IsDue(channel, settings, stopped.History) || !data.TryMergeValidation())
            return stopped;

        try
        {
            return Retrain(host, channel, data, settings, stopped, pace, previous, threads);
        }
        catch (OperationCanceledException) when (settings.Watch.Interruption is not null)
        {
            return stopped;
        }
    }

    private static BagOutcome Retrain(
        IHost host,
        IChannel channel,
        TrainingSet data,
        TrainingSettings settings,
        BagOutcome stopped,
        RunPace pace,
        IReadOnlyList<TrainingOutcome> previous,
        int? threads)
    {
        var epochs = stopped.History.ModelEpoch;
        channel.Info($"Training {stopped.Members.Count} networks anew on all {data.Training.Count} rows for {epochs} epochs.");
        var again = Retraining.SettingsFor(settings, epochs, pace) with { Checkpoint = settings.Checkpoint?.OpenRetraining(epochs) };
        var (retrained, _) = TrainOnce(host, channel, data, again, stopped.Members.Count, previous, threads);
        if (retrained.Members.Count < stopped.Members.Count || retrained.Members.Any(member => member.Outcome.History.Epochs.Count < epochs))
            return stopped;

        var members = stopped.Members.Zip(retrained.Members, (before, after) =>
            (after.Outcome with { History = before.Outcome.History with { RetrainingEpochs = after.Outcome.History.Epochs } }, after.Input));
        return new BagOutcome([.. members], stopped.History with { RetrainingEpochs = retrained.History.Epochs });
    }

    private static (BagOutcome Outcome, RunPace Pace) TrainOnce(
        IHost host, IChannel channel, TrainingSet data, TrainingSettings settings, int members, IReadOnlyList<TrainingOutcome> previous, int? threads)
    {
        var rows = new MemberRows(data);
        var plans = Enumerable.Range(0, members).Select(member => new MemberPlan(rows, MemberSettings.Of(settings, member, fold: null, previous))).ToList();
        var group = new MemberGroup(channel, plans, fold: null);
        using var cohort = new Cohort(host, channel, new CohortRows([data], settings), plans, new GroupObserver([group]), threads);
        cohort.Train(settings.Checkpoint, settings.Progress);
        return (BagHistory.OutcomeOf(cohort, [group]), cohort.Rows.Pace);
    }
}
