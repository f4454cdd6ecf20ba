using System.Globalization;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization;

/// <summary>
/// One training run: epochs over shuffled batches, each step loss, gradients, clipping, optimizer; after each epoch validation, history,
/// early stopping.
/// </summary>
internal sealed class TrainingRun : IDisposable, ICheckpointed
{
    private const string ScalesName = "scales";

    private readonly IHost _host;
    private readonly TrainingData _data;
    private readonly TrainingSettings _settings;
    private readonly Network _network;
    private readonly FlatParameters _parameters;
    private readonly InputScaler? _scaler;
    private readonly TargetEncoding _encoding;
    private readonly Validation _validation;
    private readonly LossGradient _gradient;
    private readonly ParameterUpdate _optimizer;
    private readonly GradientClipper? _clipper;
    private readonly WeightAverage? _average;
    private readonly BatchSource _batches;
    private readonly bool _needsTwoRows;
    private readonly RandomKey _orderKey;
    private readonly EarlyStoppingMonitor? _earlyStopping;
    private readonly PlateauMonitor _plateaus;
    private readonly RunClock _clock = new();
    private readonly EpochProgress _progress = new();
    private readonly BestEpoch _best = new();
    private readonly CheckpointWriter? _checkpoints;

    private List<EpochReport> _epochs = [];
    private StopReason? _end;

    public TrainingRun(IHost host, IChannel channel, TrainingData data, TrainingSettings settings)
    {
        _host = host;
        _data = data;
        _settings = settings;
        _needsTwoRows = settings.Architecture.NeedsTwoRowsPerBatch;
        if (_needsTwoRows && data.Training.Count < 2)
            throw host.Except("Batch normalization needs at least two training rows, but there is one.");

        var task = data.Task;
        var inputs = data.Training.FeatureCount;
        var previous = settings.Previous;
        var scales = settings.Checkpoint?.Find<LearnedScales>(ScalesName)
            ?? (previous is null ? null : new LearnedScales { Input = previous.InputScaler, Target = previous.TargetScale });
        _encoding = task.CreateEncoding(host, data.LabelColumnName, data.Training, settings.ClassWeights, scales?.Target);
        _scaler = scales is null ? InputStatistics.Learn(settings.InputScaling, data.Training) : scales.Input;
        _network = settings.Architecture.CreateNetwork(inputs, task.Outputs, new NetworkBuilder(settings.Recipe, settings.Key.Derive("network")));
        try
        {
            if (_scaler is not null)
                _network.ScaleInputs(_scaler);
            previous?.Weights.CopyTo(_network);
            _network.to(settings.Device);
            _parameters = new FlatParameters(_network, settings.UseSpans, settings.Recipe.PenalizeBiases);
            _optimizer = ParameterUpdate.Create(settings.Optimizer, _parameters, settings.Recipe);
            // A single row that is left joins the batch before.
            _batches = new BatchSource(Math.Min(settings.BatchSize, data.Training.Count) + 1, inputs, task.TargetSize, settings.Device);
        }
        catch
        {
            Dispose();
            throw;
        }

        var objective = task.CreateObjective(settings.Loss, settings.Recipe);
        _validation = new Validation(_network, task, objective, _encoding);
        _gradient = LossGradient.Create(
            _network, _parameters, objective, settings.Recipe, settings.Architecture.MixableStates, settings.Key.Derive("gradient"));
        var refresh = new StatisticsRefresh(_network, _batches, _encoding, settings.BatchSize, settings.Key.Derive("order of refresh"));
        _average = WeightAverage.Create(settings.Recipe.WeightAveraging, _parameters, refresh, settings.MaxEpochs);
        _clipper = GradientClipper.Create(settings.Recipe.GradientClipping);
        _orderKey = settings.Key.Derive("order of rows");
        _earlyStopping = settings.Recipe.EarlyStopping is { } earlyStopping ? new EarlyStoppingMonitor(earlyStopping) : null;
        _plateaus = new PlateauMonitor(settings.Schedule);
        channel.Info(
            $"{(previous is null ? "Training" : "Training on")} {settings.Architecture} with {_parameters.Count} parameters, "
            + $"of which {_parameters.DecayedCount} are decayed, on {data.Training.Count} rows, validating on {data.Validation.Count}, "
            + $"device {settings.Device}. Optimizer: {settings.Optimizer}. Recipe: {settings.Recipe}.");
        if (settings.Checkpoint is { } checkpoint)
            _checkpoints = new CheckpointWriter(channel, checkpoint, this, _best);
    }

    public TrainingOutcome Train(IChannel channel)
    {
        using var progress = _host.StartProgressChannel("Training a neural network");
        var (headline, headlineName) = _data.Task.Headline;
        progress.SetHeader(
            new ProgressHeader(["training loss", "validation loss", "validation " + headlineName], ["epochs"]),
            entry => entry.SetProgress(0, _epochs.Count, _settings.MaxEpochs));

        if (_settings.Checkpoint is { } checkpoint && checkpoint.TryRestore(channel, this, _settings.Device))
        {
            channel.Info(_end is null
                ? $"Going on from the checkpoint in '{checkpoint.Options.Folder}': {_epochs.Count} epochs and {_progress.Batches} batches are done."
                : $"The run in '{checkpoint.Options.Folder}' has ended: its checkpoint gives the model without training.");
        }

        while (_end is null)
        {
            var epoch = _epochs.Count + 1;
            var (report, interruption) = RunEpoch(epoch);
            if (interruption is { } reason)
            {
                KeepInterrupted(reason);
                return Finish(channel, reason);
            }

            _epochs.Add(report!);
            _progress.Clear();
            progress.Checkpoint(report!.TrainingLoss, report.ValidationLoss, report.Metric(headline), epoch);
            _plateaus.Observe(report.ValidationLoss ?? report.TrainingLoss);
            _end = _earlyStopping is { IsPatienceExhausted: true } ? StopReason.PatienceExhausted
                : report.GradientNorm <= _settings.GradientTolerance ? StopReason.Converged
                : epoch == (_settings.RetrainingEpochs ?? _settings.MaxEpochs) ? StopReason.MaxEpochs
                : null;
            _checkpoints?.AfterEpoch(epoch, isLast: _end is not null);
            _settings.Progress?.Report(report);
        }

        return Finish(channel, _end.Value);
    }

    public void Checkpoint(CheckpointState state)
    {
        state.Value(ScalesName, new LearnedScales { Input = _scaler, Target = _encoding.Scale });
        state.Part("network", new NetworkState(_network));
        state.Part("optimizer", _optimizer);
        state.Part("average", _average);
        state.Part("earlyStopping", _earlyStopping);
        state.Part("plateaus", _plateaus);
        state.Part("best", _best);
        state.Part("progress", _progress);
        state.Part("clock", _clock);
        _epochs = state.Value("epochs", _epochs);
        _end = state.Value("end", _end);
    }

    public void Dispose()
    {
        _average?.Dispose();
        _batches?.Dispose();
        _optimizer?.Dispose();
        _parameters?.Dispose();
        _network.Dispose();
    }

    /// <summary>Why training is to end before its next step; null where it goes on.</summary>
    public StopReason? Interruption =>
        _settings.CancellationToken.IsCancellationRequested || _host is ICancelable { IsCanceled: true } ? StopReason.Cancelled
        : _clock.Elapsed >= _settings.TimeLimit ? StopReason.TimeLimit
        : null;

    /// <summary>The epoch's rows, their order, and where to cut it into batches.</summary>
    public (RowTable Table, int[] Order, List<Range> Batches) BeginEpoch(int epoch)
    {
        _data.BeginEpoch(epoch, isMixed: epoch <= _settings.MaxEpochs - _settings.Recipe.UnmixedEpochs);
        var table = _data.Training;
        return (table, EpochOrder.Shuffle(table.Count, _orderKey, epoch), [.. EpochOrder.Cut(table.Count, _settings.BatchSize, _needsTwoRows)]);
    }

    /// <summary>The epoch's report, or why it was not completed.</summary>
    private (EpochReport? Report, StopReason? Interruption) RunEpoch(int epoch)
    {
        if (Interruption is { } early)
            return (null, early);

        _progress.Begin();
        var (table, order, batches) = BeginEpoch(epoch);
        foreach (var range in batches.Skip(_progress.Batches))
        {
            if (Interruption is { } interruption)
                return (null, interruption);

            var rows = order.AsSpan(range);
            var moment = new TrainingMoment((long)_network.Clock.Step, (long)_settings.MaxEpochs * batches.Count, epoch, _plateaus.Plateaus);
            var learningRate = _settings.LearningRate * _settings.Schedule.FactorAt(moment);
            (_network.Clock.Epochs, _network.Clock.Rows) = ((double)moment.Step / batches.Count, table.Count);
            var (loss, norm) = Step(table, rows, learningRate);
            if (!double.IsFinite(loss) || !double.IsFinite(norm))
                return (null, StopReason.Diverged);

            _progress.Add(loss, rows.Length, norm, learningRate);
            _checkpoints?.AfterBatch();
        }

        _average?.AfterEpoch(epoch);
        using var averaged = _average?.Use(table);
        using var pruned = _network.Prune();

        // Without validation rows a batch of training rows tells whether the weights are still sound.
        var hasValidation = _data.Validation.Count > 0;
        var (metrics, losses) = hasValidation
            ? Measure(_data.Validation, _data.Validation.Count)
            : Measure(table, Math.Min(_settings.BatchSize, table.Count));
        if (!double.IsFinite(losses.Mean))
            return (null, StopReason.Diverged);

        var report = new EpochReport
        {
            Epoch = epoch,
            IsRetraining = _settings.RetrainingEpochs is not null,
            TrainingLoss = _progress.LossSum / table.Count,
            ValidationMetrics = hasValidation ? metrics : new Dictionary<ValidationMetric, double>(),
            LearningRate = _progress.LearningRate,
            GradientNorm = _progress.NormSum / batches.Count,
            WeightNorm = WeightNorms.Of(_parameters),
            Sparsity = _parameters.Sparsity(),
            NormalizedLayers = WeightNorms.Of(_parameters, _network.NormalizedWeights, _progress.LearningRate),
            Steps = batches.Count,
            Seconds = _progress.Elapsed.TotalSeconds,
        };
        KeepIfBest(report, losses);
        return (report, null);
    }

    /// <summary>Takes a training step.</summary>
    /// <param name="table">Where the rows are.</param>
    /// <param name="rows">Those of the step's batch.</param>
    /// <param name="learningRate">The step's learning rate.</param>
    public (double Loss, double GradientNorm) Step(RowTable table, ReadOnlySpan<int> rows, double learningRate)
    {
        using var pass = _network.Begin(isTraining: true);
        _network.Clock.Step++;
        var batch = _batches.Gather(table, rows, _encoding, _settings.Recipe.LabelSmoothing);
        _parameters.ClearGradients();
        var loss = _gradient.Add(batch);
        L2Penalty.AddGradient(_parameters, _settings.Recipe.L2);

        var norm = GradientNorm.Of(_parameters);
        if (!double.IsFinite(norm) || !double.IsFinite(loss))
            return (loss, norm);

        _clipper?.Clip(_parameters, norm);
        _optimizer.Step(learningRate);
        MaxNormConstraint.Project(_parameters, _settings.Recipe.MaxNorm);
        _average?.AfterStep();
        return (loss, norm);
    }

    private (IReadOnlyDictionary<ValidationMetric, double> Metrics, RowLosses Losses) Measure(RowTable table, int rows) =>
        _validation.Measure(_batches, table, rows, _settings.BatchSize);

    private void KeepIfBest(EpochReport report, RowLosses losses)
    {
        // Nothing tells which epoch is best without validation rows: then it is the latest complete one.
        var isBest = true;
        if (report.ValidationLoss is { } loss)
        {
            isBest = _earlyStopping?.Observe(report.Epoch, report.ValidationMetrics[_settings.Recipe.EarlyStopping!.Metric], losses) ?? _best.IsLeast(loss);
        }

        if (isBest)
            _best.Take(report.Epoch, NetworkWeights.CopyOf(_network));
    }

    // What is interrupted goes on from here, with a time limit that counts anew; what diverges would do so again, and its last sound checkpoint stays.
    private void KeepInterrupted(StopReason reason)
    {
        if (reason == StopReason.Diverged)
            return;
        if (reason == StopReason.TimeLimit)
            _clock.Restart();
        _checkpoints?.Write();
    }

    private NetworkWeights LastWeights()
    {
        using var averaged = _average?.Use(_data.Training);
        return NetworkWeights.CopyOf(_network);
    }

    /// <summary>
    /// Early stopping, cancellation and divergence give the best epoch's weights; a run to its last epoch without early stopping gives the
    /// last ones.
    /// </summary>
    private TrainingOutcome Finish(IChannel channel, StopReason reason)
    {
        if (reason == StopReason.Diverged && _best.Weights is null)
        {
            throw _host.Except(string.Create(
                CultureInfo.InvariantCulture,
                $"Training diverged in epoch {_epochs.Count + 1}: loss or gradient is not finite. "
                + $"Scale the features, lower {nameof(TrainingSettings.LearningRate)} ({_settings.LearningRate}), or clip gradients."));
        }

        var isComplete = reason is StopReason.MaxEpochs or StopReason.Converged;
        var takesBest = _best.Weights is not null && (_earlyStopping is not null || !isComplete);
        var history = new TrainingHistory
        {
            Epochs = _epochs,
            StopReason = reason,
            ModelEpoch = takesBest ? _best.Epoch : _epochs.Count,
            TrainingRows = _data.Training.Count,
            ValidationRows = _data.Validation.Count,
            SkippedRows = _data.SkippedRows,
        };
        channel.Info($"Training ended after {_epochs.Count} epochs: {reason}. The model has the weights of epoch {history.ModelEpoch}.");
        return new TrainingOutcome(takesBest ? _best.Weights! : LastWeights(), history, _scaler, _encoding.Scale);
    }
}
