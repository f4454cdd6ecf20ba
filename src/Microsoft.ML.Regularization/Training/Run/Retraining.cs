using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Retrains the model on all rows after early stopping: see <see cref="EarlyStopping.RetrainsOnAllRows"/>.</summary>
internal static class Retraining
{
    private const int FewRows = 2000;

    /// <summary>
    /// Trains on the training rows, and then again on all rows if that is requested and possible. The first run's network and optimizer are freed before
    /// that.
    /// </summary>
    /// <returns>The result for the model, and the input of its network.</returns>
    public static (TrainingOutcome Outcome, InputLayout Input) Train(IHost host, IChannel channel, IMergeableData data, TrainingSettings settings)
    {
        var (stopped, input, pace) = TrainFirst(host, channel, data, settings);
        if (!IsDue(channel, settings, stopped.History))
            return (stopped, input);

        try
        {
            return (data.TryMergeValidation() ? Retrain(host, channel, data, settings, pace, stopped) : stopped, input);
        }
        catch (OperationCanceledException) when (settings.Watch.Interruption is not null)
        {
            return (stopped, input);
        }
    }

    /// <summary>Whether a run that has ended is followed by one on all rows.</summary>
    /// <param name="channel">Told where no time is left for it.</param>
    /// <param name="settings">The run's.</param>
    /// <param name="history">How it went.</param>
    public static bool IsDue(IChannel channel, TrainingSettings settings, TrainingHistory history)
    {
        var isInterrupted = history.StopReason is StopReason.Cancelled or StopReason.TimeLimit or StopReason.Diverged;
        if (settings.Recipe.EarlyStopping is not { } options || isInterrupted)
            return false;

        var rows = history.TrainingRows + history.ValidationRows;
        return (options.RetrainsOnAllRows ?? rows < FewRows) && HasTime(channel, settings.Watch.Clock, history, rows);
    }

    /// <summary>The settings of a run on all rows.</summary>
    /// <param name="settings">Those of the run before.</param>
    /// <param name="epochs">How many epochs it has.</param>
    /// <param name="pace">The pace of the run before.</param>
    public static TrainingSettings SettingsFor(TrainingSettings settings, int epochs, RunPace pace) => settings with
    {
        Recipe = settings.Recipe with { EarlyStopping = null },
        RetrainingEpochs = epochs,
        Pace = pace,
        Scales = null,
    };

    private static (TrainingOutcome Outcome, InputLayout Input, RunPace Pace) TrainFirst(
        IHost host, IChannel channel, IMergeableData data, TrainingSettings settings)
    {
        using var run = TrainingRun.Start(host, channel, data, settings);
        return (run.Train(channel), run.Inputs.Layout, run.Pace);
    }

    // Retraining is useless if it cannot end within the limit.
    private static bool HasTime(IChannel channel, FitClock clock, TrainingHistory history, long rows)
    {
        var needed = TimeSpan.FromSeconds(history.Epochs.Take(history.ModelEpoch).Sum(epoch => epoch.Seconds) * rows / history.TrainingRows);
        if (clock.Limit is not { } limit || needed <= limit - clock.Elapsed)
            return true;
        channel.Info($"No time is left to train anew on all {rows} rows: that would take some {needed}, and TimeLimit is {limit}.");
        return false;
    }

    private static TrainingOutcome Retrain(IHost host, IChannel channel, IMergeableData data, TrainingSettings settings, RunPace pace, TrainingOutcome stopped)
    {
        var history = stopped.History;
        channel.Info($"Training anew on all {data.Training.Count} rows for {history.ModelEpoch} epochs.");
        using var run = new TrainingRun(host, channel, data, SettingsFor(settings, history.ModelEpoch, pace) with
        {
            Checkpoint = settings.Checkpoint?.OpenRetraining(history.ModelEpoch),
        });
        var retrained = run.Train(channel);
        return retrained.History.Epochs.Count < history.ModelEpoch
            ? stopped
            : retrained with { History = history with { RetrainingEpochs = retrained.History.Epochs, Calibration = history.ModelEpoch == 0 ? retrained.History.Calibration : history.Calibration } };
    }
}
