using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The result of a run: the weights of one of its epochs with their history, or the reason why there are none.</summary>
internal sealed class RunEnd(ITrainingData data, TrainingSettings settings, RunParts parts, RunState state, EpochTrainer trainer)
{
    /// <summary>Why a run that was interrupted has no model; null where it has one.</summary>
    public Exception? WhyNoModel(IHost host, StopReason reason)
    {
        // If retraining fails, the model of the first training remains.
        if (state.Best.Weights is not null || settings.RetrainingEpochs is not null)
            return null;
        return reason == StopReason.Diverged
            ? host.Except(DivergenceCause.Describe(state.Epochs.Count + 1, settings))
            : settings.Watch.Nothing(reason, string.Create(
                CultureInfo.InvariantCulture,
                $"before the first epoch was complete, after {state.Progress.Batches} of its {trainer.StepsPerEpoch} batches and {settings.Watch.Clock.Elapsed.TotalSeconds:0.#} s"));
    }

    /// <summary>
    /// Early stopping, cancellation and divergence give the best epoch's weights; a run to its last epoch without early stopping gives the
    /// last ones.
    /// </summary>
    public TrainingOutcome Finish(IChannel channel, StopReason reason)
    {
        var (best, scales) = (state.Best, parts.Input.Scales);
        var isComplete = reason is StopReason.MaxEpochs or StopReason.Converged;
        var takesBest = best.Weights is not null && (best.HasEarlyStopping || !isComplete);
        var last = takesBest ? null : LastWeights(isComplete);
        takesBest = last is null;
        var history = new TrainingHistory
        {
            Epochs = [.. state.Epochs],
            StopReason = reason,
            ModelEpoch = takesBest ? best.Epoch : state.Epochs.Count,
            TrainingRows = data.Training.Count,
            ValidationRows = data.Validation.Count,
            SkippedRows = data.SkippedRows,
            Calibration = takesBest ? best.Calibration : state.Epochs.Count == 0 ? state.Probe?.Calibration : state.Calibration,
            Probe = state.Probe,
        };
        if (reason == StopReason.Diverged)
            channel.Warning(DivergenceCause.Describe(state.Epochs.Count + 1, settings));
        channel.Info($"Training ended after {state.Epochs.Count} epochs: {reason}. The model has the weights of epoch {history.ModelEpoch}.");
        ReportCalibration(channel, history.Calibration);
        return new TrainingOutcome(last ?? best.Weights!, history, scales.Input, scales.Target) { Imputation = scales.Imputation, Flags = scales.Flags };
    }

    private void ReportCalibration(IChannel channel, LearnedCalibration? calibration)
    {
        if (calibration is not null)
            channel.Info($"Probabilities are calibrated: {calibration}.");
        else if (settings is { Calibration: not (null or NoCalibration), RetrainingEpochs: null } && data.Validation.Count == 0)
            channel.Info("Probabilities are not calibrated: that needs validation rows.");
    }

    /// <summary>Keeps the present weights as those of the best epoch so far, in the form in which they were measured.</summary>
    public void Keep()
    {
        parts.Step.BringUpToDate();
        using var averaged = parts.Step.Average?.Use();
        state.Best.Keep(state.Epochs.Count, parts.Trained.Network, state.Calibration);
    }

    /// <summary>The present weights, in the form in which they were measured.</summary>
    public NetworkWeights Snapshot()
    {
        parts.Step.BringUpToDate();
        using var averaged = parts.Step.Average?.Use();
        return NetworkWeights.CopyOf(parts.Trained.Network);
    }

    // Statistics for averaged weights need all rows, which an interrupted run may not be able to read.
    private NetworkWeights? LastWeights(bool isComplete)
    {
        parts.Step.BringUpToDate();
        try
        {
            // A run that is resumed at its very end has read other rows than those of its last epoch.
            var hasSteps = state.Epochs.Count > 0;
            if (isComplete && hasSteps && parts.Step.Average is not null)
                trainer.ReadRows(state.Epochs.Count);
            using var averaged = isComplete && hasSteps ? parts.Step.Average?.Use() : null;
            return NetworkWeights.CopyOf(parts.Trained.Network);
        }
        catch (OperationCanceledException) when (settings.Watch.Interruption is not null)
        {
            return null;
        }
    }
}
