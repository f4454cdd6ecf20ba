using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// One training run: epochs, after each of which the network is measured, until the last one, early stopping, an interruption or divergence ends it.
/// </summary>
internal sealed class TrainingRun : IDisposable
{
    private readonly IHost _host;
    private readonly ITrainingData _data;
    private readonly TrainingSettings _settings;
    private readonly RunParts _parts;
    private readonly RunState _state;
    private readonly EpochEvaluation _evaluation;
    private readonly RunEnd _end;
    private readonly CheckpointWriter? _checkpoints;
    private StopReason? _interruption;

    public TrainingRun(IHost host, IChannel channel, ITrainingData data, TrainingSettings settings)
    {
        _host = host;
        _data = data;
        _settings = settings;
        if (settings.Architecture.NeedsTwoRowsPerBatch && data.Training.Count < 2)
            throw host.Except("Batch normalization needs at least two training rows, but there is one.");

        _parts = new RunParts(host, channel, data, settings);
        _state = new RunState(settings, _parts, BestWeights.Of(channel, data, settings));
        Trainer = new EpochTrainer(data, settings, _parts, _state);
        _evaluation = new EpochEvaluation(data, settings, _parts, _state);
        _end = new RunEnd(data, settings, _parts, _state, Trainer);
        _parts.Report(channel, data, settings);
        if (settings.Checkpoint is { } checkpoint)
            _checkpoints = new CheckpointWriter(channel, checkpoint, _state, _state.Best, Watch.Clock.Time);
    }

    /// <summary>The network's input, and what was learned of it.</summary>
    public RunInput Inputs => _parts.Input;

    /// <summary>Takes the run's steps.</summary>
    public EpochTrainer Trainer { get; }

    /// <summary>Signals when the fit is to end.</summary>
    public FitWatch Watch => _settings.Watch;

    /// <summary>The progress of the run within its time limit.</summary>
    public RunPace Pace => _state.Pace;

    /// <summary>All that lasts from step to step or from epoch to epoch.</summary>
    public RunState State => _state;

    /// <summary>Its weights, and what comes of them.</summary>
    public RunEnd Result => _end;

    /// <summary>Why the run is over; null while it is not.</summary>
    public StopReason? End => _state.End ?? _interruption;

    /// <summary>The raw outputs of the validation rows after the last epoch, row by row; empty for a run of its own.</summary>
    public float[] ValidationOutputs => _parts.Evaluator.RowOutputs;

    /// <summary>A run that is made ready for its first step.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled meanwhile.</exception>
    /// <exception cref="TimeoutException">Its time was over meanwhile.</exception>
    public static TrainingRun Start(IHost host, IChannel channel, ITrainingData data, TrainingSettings settings)
    {
        try
        {
            return new TrainingRun(host, channel, data, settings);
        }
        catch (OperationCanceledException) when (settings.Watch.Interruption is { } reason)
        {
            throw settings.Watch.Nothing(reason, "while the rows were scaled");
        }
    }

    /// <exception cref="OperationCanceledException">Training was cancelled before its first epoch was complete.</exception>
    /// <exception cref="TimeoutException">The time limit was reached before the first epoch was complete.</exception>
    /// <exception cref="InvalidOperationException">Training diverged in its first epoch.</exception>
    public TrainingOutcome Train(IChannel channel)
    {
        var (headline, headlineName) = _data.Task.Headline;
        using var progress = StartProgress(headlineName);
        if (_settings.Checkpoint is { } checkpoint && checkpoint.TryRestore(channel, _state, _settings.Device))
        {
            channel.Info(_state.End is null
                ? $"Going on from the checkpoint in '{checkpoint.Options.Folder}': {_state.Epochs.Count} epochs and {_state.Progress.Batches} batches are done."
                : $"The run in '{checkpoint.Options.Folder}' has ended: its checkpoint gives the model without training.");
        }

        Begin();

        while (End is null)
        {
            // A run that goes on from a checkpoint may be there already.
            if (_settings.PausesAfter(_state.Epochs.Count))
                Interrupt(StopReason.Cancelled);
            else if (TryEpoch() is { } report)
                progress.Checkpoint(report.TrainingLoss, report.ValidationLoss, report.Metric(headline), report.Epoch);
        }

        return Finish(channel);
    }

    // A head that was fitted is a model by itself, which epochs may not improve.
    private void Begin()
    {
        if (_parts.Probe is { } probe && _state.Best.Weights is null)
        {
            _state.Probe = _evaluation.Evaluate(probe.Report);
            if (probe.TuningStart is null)
                EndBy(StopReason.Converged);
            else if (_settings.RetrainingEpochs != 0)
                probe.TuningStart.CopyTo(_parts.Trained.Network);
        }

        if (_settings.RetrainingEpochs == 0)
            EndBy(StopReason.MaxEpochs);
    }

    /// <summary>Trains the next epoch, or what is left of it.</summary>
    /// <returns>Its report; null where it was not completed, which <see cref="End"/> then tells why.</returns>
    public EpochReport? TryEpoch()
    {
        var (report, interruption) = RunEpoch(_state.Epochs.Count + 1);
        _interruption = interruption;
        if (report is not null)
            TakeIn(report);
        return report;
    }

    /// <summary>Ends the run, as far as it has come.</summary>
    public void EndBy(StopReason reason) => _state.End ??= reason;

    /// <summary>Interrupts the run between two epochs, if it is not over.</summary>
    public void Interrupt(StopReason reason)
    {
        if (End is null)
            _interruption = reason;
    }

    /// <summary>The result of a run that is over.</summary>
    /// <exception cref="OperationCanceledException">Training was cancelled before its first epoch was complete.</exception>
    /// <exception cref="TimeoutException">The time limit was reached before the first epoch was complete.</exception>
    /// <exception cref="InvalidOperationException">Training diverged in its first epoch.</exception>
    public TrainingOutcome Finish(IChannel channel)
    {
        if (_interruption is not { } reason)
            return _end.Finish(channel, _state.End!.Value);

        var failure = _end.WhyNoModel(_host, reason);
        KeepInterrupted(reason);
        return failure is null ? _end.Finish(channel, reason) : throw failure;
    }

    /// <summary>Why the run has no model; null where it has one.</summary>
    public Exception? WhyNoModel() => _interruption is { } reason ? _end.WhyNoModel(_host, reason) : null;

    public void Dispose() => _parts.Dispose();

    private IProgressChannel StartProgress(string headlineName)
    {
        var progress = _host.StartProgressChannel("Training a neural network");
        progress.SetHeader(
            new ProgressHeader(
                ["training loss", "validation loss", "validation " + headlineName], _data.IsStreaming ? ["epochs", "rows read"] : ["epochs"]),
            entry =>
            {
                entry.SetProgress(0, _state.Epochs.Count, _settings.MaxEpochs);
                if (_data.IsStreaming)
                    entry.SetProgress(1, _data.RowsRead);
            });
        return progress;
    }

    /// <summary>The epoch's report, or why it was not completed. Cancellation interrupts the reading of rows, too.</summary>
    private (EpochReport? Report, StopReason? Interruption) RunEpoch(int epoch)
    {
        try
        {
            if (Watch.Interruption is { } early)
                return (null, early);

            _state.Progress.Begin();
            if (Trainer.Train(epoch, _checkpoints) is { } interruption)
                return (null, interruption);

            var report = _evaluation.Evaluate(epoch);
            return (report, report is null ? StopReason.Diverged : null);
        }
        catch (OperationCanceledException) when (Watch.Interruption is not null)
        {
            return (null, Watch.Interruption);
        }
    }

    private void TakeIn(EpochReport report)
    {
        _state.Epochs.Add(report);
        (_settings.Progress as IComputingProgress)?.ReportComputing(_state.Progress.Computing);
        _state.Progress.Clear();
        _state.Plateaus.Observe(report.ValidationLoss ?? report.TrainingLoss);
        _state.End = _state.Best.IsPatienceExhausted ? StopReason.PatienceExhausted
            : report.GradientNorm <= _settings.GradientTolerance ? StopReason.Converged
            : report.Epoch == (_settings.RetrainingEpochs ?? _settings.MaxEpochs) ? StopReason.MaxEpochs
            : null;
        _checkpoints?.AfterEpoch(report.Epoch, isLast: _state.End is not null);
        _settings.Progress?.Report(report);
    }

    // An interrupted run resumes from here, with a fresh time limit. A run that diverged would diverge again, so its last sound checkpoint is kept.
    private void KeepInterrupted(StopReason reason)
    {
        if (reason == StopReason.Diverged || _settings.Place is not null)
            return;
        if (reason == StopReason.TimeLimit)
            Watch.Clock.Restart();
        _checkpoints?.Write();
    }
}
