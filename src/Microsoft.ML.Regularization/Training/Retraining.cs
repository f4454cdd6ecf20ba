using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>See <see cref="EarlyStopping.RetrainsOnAllRows"/>.</summary>
internal static class Retraining
{
    private const int FewRows = 2000;

    /// <summary>The outcome of training anew where that is asked for and possible, else the outcome there is.</summary>
    public static TrainingOutcome Apply(IHost host, IChannel channel, TrainingData data, TrainingSettings settings, TrainingOutcome stopped)
    {
        var history = stopped.History;
        var isInterrupted = history.StopReason is StopReason.Cancelled or StopReason.TimeLimit or StopReason.Diverged;
        if (settings.Recipe.EarlyStopping is not { } options || isInterrupted || history.ModelEpoch == 0)
            return stopped;
        var rows = history.TrainingRows + history.ValidationRows;
        if (!(options.RetrainsOnAllRows ?? rows < FewRows))
            return stopped;

        try
        {
            return data.TryMergeValidation() ? Retrain(host, channel, data, settings, stopped) : stopped;
        }
        catch (OperationCanceledException) when (settings.CancellationToken.IsCancellationRequested || host is ICancelable { IsCanceled: true })
        {
            return stopped;
        }
    }

    private static TrainingOutcome Retrain(IHost host, IChannel channel, TrainingData data, TrainingSettings settings, TrainingOutcome stopped)
    {
        var history = stopped.History;
        channel.Info($"Training anew on all {data.Training.Count} rows for {history.ModelEpoch} epochs.");
        using var run = new TrainingRun(host, channel, data, settings with
        {
            Recipe = settings.Recipe with { EarlyStopping = null },
            RetrainingEpochs = history.ModelEpoch,
            Checkpoint = settings.Checkpoint?.OpenRetraining(history.ModelEpoch),
        });
        var retrained = run.Train(channel);
        return retrained.History.Epochs.Count < history.ModelEpoch
            ? stopped
            : retrained with { History = history with { RetrainingEpochs = retrained.History.Epochs } };
    }
}
