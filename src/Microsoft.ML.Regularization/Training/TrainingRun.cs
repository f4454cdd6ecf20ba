using System.Diagnostics;
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
    private readonly TrainingThreads? _threads;
    private readonly Network _network;
    private readonly FlatParameters _parameters;
    private readonly LearnedScales _scales;
    private readonly TargetEncoding _encoding;
    private readonly Validation _validation;
    private readonly ILossGradient _gradient;
    private readonly ParameterUpdate _optimizer;
    private readonly StepStages _stages;
    private readonly WeightAverage? _average;
    private readonly BatchSource _batches;
    private readonly bool _needsTwoRows;
    private readonly long _epochSteps;
    private readonly RandomKey _orderKey;
    private readonly EarlyStoppingMonitor? _earlyStopping;
    private readonly PlateauMonitor _plateaus;
    private readonly FitClock _clock;
    private readonly RunPace _pace;
    private readonly EpochProgress _progress;
    private readonly BestWeights _best = new();
    private readonly CheckpointWriter? _checkpoints;

    private List<EpochReport> _epochs = [];
    private StopReason? _end;

    public TrainingRun(IHost host, IChannel channel, TrainingData data, TrainingSettings settings)
    {
        _host = host;
        _data = data;
        _settings = settings;
        _clock = settings.Watch.Clock;
        _pace = new RunPace(_clock, settings.Pace);
        _progress = new EpochProgress(_clock.Time);
        _needsTwoRows = settings.Architecture.NeedsTwoRowsPerBatch;
        if (_needsTwoRows && data.Training.Count < 2)
            throw host.Except("Batch normalization needs at least two training rows, but there is one.");

        _epochSteps = EpochOrder.CountBatches(data.Training.Count, settings.BatchSize, _needsTwoRows);
        var task = data.Task;
        var whyDense = data.IsSparse ? SparseTraining.WhyDense(settings) : null;
        Input = (settings.Input ?? data.FeatureCount) with { IsSparse = data.IsSparse && whyDense is null };
        var input = Input;
        var previous = settings.Previous;
        var scales = settings.Checkpoint?.Find<LearnedScales>(ScalesName)
            ?? (previous is null ? null : new LearnedScales { Imputation = previous.Imputation, Input = previous.InputScaler, Target = previous.TargetScale });
        _encoding = task.CreateEncoding(host, data.LabelColumnName, data.TrainingSummary, settings.ClassWeights, scales?.Target);
        _encoding.Check(host, data.LabelColumnName, data.TrainingSummary, data.ValidationSummary);
        _scales = (scales ?? LearnedScales.Of(channel, data, settings, input)) with { Target = _encoding.Scale };
        var filled = _scales.Imputation?.Of(input) ?? input;
        _network = settings.Architecture.CreateNetwork(filled, task.Outputs, new NetworkBuilder(settings.Recipe, settings.Key.Derive("network")));
        try
        {
            _threads = TrainingThreads.Hold(settings.Architecture, settings.Device);
            if (_scales.Input is { } scaler)
                _network.ScaleInputs(scaler);
            previous?.Weights.CopyTo(_network);
            _network.to(settings.Device);
            _parameters = new FlatParameters(_network, settings.UseSpans, settings.Recipe.PenalizeBiases, WaitingSlots.Can(settings.Optimizer, settings.Recipe));
            _optimizer = ParameterUpdate.Create(settings.Optimizer, _parameters, settings.Recipe);
            // A single row that is left joins the batch before.
            var capacity = (int)Math.Min(settings.BatchSize, Math.Min(data.Training.Count, int.MaxValue - 1)) + 1;
            _batches = new BatchSource(
                capacity, filled, task.TargetSize, settings.Device, data.TrainingSummary.MeanWeight, _scales,
                findsGiven: settings.Recipe.AdversarialTraining is not null);
        }
        catch
        {
            Dispose();
            throw;
        }

        var objective = task.CreateObjective(settings.Loss, settings.Recipe);
        _validation = new Validation(_network, task, objective, _encoding, settings.Watch);
        _gradient = GradientChain.Of(
            new LossPasses(_network, objective), _parameters, settings.Recipe, settings.Architecture.MixableStates, settings.Key.Derive("gradient"));
        var refresh = new StatisticsRefresh(
            () => data.Training, _network, _batches, _encoding, settings.BatchSize, settings.Key.Derive("order of refresh"), settings.Watch);
        _average = WeightAverage.Create(settings.Recipe.WeightAveraging, _parameters, refresh, settings.MaxEpochs);
        _stages = new StepStages(settings.Recipe, _parameters, _average);
        _orderKey = settings.Key.Derive("order of rows");
        _earlyStopping = settings.Recipe.EarlyStopping is { } earlyStopping ? new EarlyStoppingMonitor(Watchable(channel, earlyStopping)) : null;
        _plateaus = new PlateauMonitor(settings.Schedule);
        channel.Info(
            $"{(previous is null ? "Training" : "Training on")} {settings.Architecture} with {_parameters.Count} parameters, "
            + $"of which {_parameters.DecayedCount} are decayed, on {data.Training.Count} rows, validating on {data.Validation.Count}, "
            + $"device {settings.Device}. Optimizer: {settings.Optimizer}. Recipe: {settings.Recipe}.");
        if (whyDense is not null)
        {
            channel.Info(string.Create(
                CultureInfo.InvariantCulture,
                $"Most features are 0, but rows are made dense, a batch at a time, since {whyDense}: "
                + $"a batch takes {(double)settings.BatchSize * input.Width * sizeof(float) / RowCaching.Megabyte:0.#} MB, and every step goes over all weights."));
        }

        if (settings.Checkpoint is { } checkpoint)
            _checkpoints = new CheckpointWriter(channel, checkpoint, this, _best, _clock.Time);
    }

    /// <summary>What the network reads, and whether sparse.</summary>
    public InputLayout Input { get; }

    public TrainingOutcome Train(IChannel channel)
    {
        using var progress = _host.StartProgressChannel("Training a neural network");
        var (headline, headlineName) = _data.Task.Headline;
        progress.SetHeader(
            new ProgressHeader(
                ["training loss", "validation loss", "validation " + headlineName], _data.IsStreaming ? ["epochs", "rows read"] : ["epochs"]),
            entry =>
            {
                entry.SetProgress(0, _epochs.Count, _settings.MaxEpochs);
                if (_data.IsStreaming)
                    entry.SetProgress(1, _data.RowsRead);
            });

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
                var failure = WhyNoModel(reason);
                KeepInterrupted(reason);
                return failure is null ? Finish(channel, reason) : throw failure;
            }

            _epochs.Add(report!);
            (_settings.Progress as IComputingProgress)?.ReportComputing(_progress.Computing);
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
        state.Value(ScalesName, _scales);
        state.Bytes(RunCheckpoint.KeysName, _settings.Keys?.ToBytes());
        state.Part("network", new NetworkState(_network));
        state.Part("optimizer", _optimizer);
        state.Part("average", _average);
        state.Part("earlyStopping", _earlyStopping);
        state.Part("plateaus", _plateaus);
        state.Part("best", _best);
        state.Part("progress", _progress);
        state.Part("clock", _clock);
        state.Part("pace", _pace);
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
        _threads?.Dispose();
    }

    /// <summary>Why training is to end before its next step; null where it goes on.</summary>
    public StopReason? Interruption => Watch.Interruption;

    /// <summary>Tells when the fit is to end.</summary>
    public FitWatch Watch => _settings.Watch;

    /// <summary>How far the run is in its time.</summary>
    public RunPace Pace => _pace;

    /// <summary>The epoch's batches.</summary>
    public RowBatches BeginEpoch(int epoch)
    {
        _pace.Begin(epoch);
        ReadRowsOf(epoch);
        return _data.Training.Shuffled(_orderKey, epoch, _settings.BatchSize, _needsTwoRows);
    }

    private void ReadRowsOf(int epoch) =>
        _data.BeginEpoch(epoch, _pace.IsMixed(epoch, _settings.MaxEpochs, _settings.Recipe.UnmixedEpochs));

    /// <summary>Runs an epoch whose rows may have to be read, which cancellation interrupts.</summary>
    private (EpochReport? Report, StopReason? Interruption) RunEpoch(int epoch)
    {
        try
        {
            return Interruption is { } early ? (null, early) : TrainAndValidate(epoch);
        }
        catch (OperationCanceledException) when (Interruption is not null)
        {
            return (null, Interruption);
        }
    }

    /// <summary>The epoch's report, or why it was not completed.</summary>
    private (EpochReport? Report, StopReason? Interruption) TrainAndValidate(int epoch)
    {
        _progress.Begin();
        using (var batches = BeginEpoch(epoch))
        {
            // What a run before this one has done of the epoch.
            batches.Skip(_progress.Batches);
            while (batches.MoveNext())
            {
                if (Interruption is { } interruption)
                    return (null, interruption);

                var learningRate = _settings.LearningRate * _settings.Schedule.FactorAt(Moment(epoch));
                (_network.Clock.Epochs, _network.Clock.Rows) = ((double)(long)_network.Clock.Step / _epochSteps, _data.TrainingSummary.Count);
                var (loss, norm) = Step(batches, learningRate);
                if (!double.IsFinite(loss) || !double.IsFinite(norm))
                    return (null, StopReason.Diverged);

                _progress.Add(loss, batches.Rows.Length, norm, learningRate);
                _checkpoints?.AfterBatch();
            }
        }

        _optimizer.BringUpToDate();
        _average?.AfterEpoch(epoch, _pace.Share(epoch, within: 1));
        using var averaged = _average?.Use();
        using var pruned = _network.Prune();

        // Without validation rows a batch of training rows tells whether the weights are still sound.
        var hasValidation = _data.Validation.Count > 0;
        using var measured = (hasValidation ? _data.Validation : _data.Training).InOrder(_settings.BatchSize);
        var (metrics, losses) = _validation.Measure(_batches, measured, hasValidation ? long.MaxValue : 1);
        if (!double.IsFinite(losses.Mean))
            return (null, StopReason.Diverged);

        var report = new EpochReport
        {
            Epoch = epoch,
            TotalEpochs = _settings.RetrainingEpochs ?? _settings.MaxEpochs,
            IsRetraining = _settings.RetrainingEpochs is not null,
            TrainingLoss = _progress.LossSum / _progress.Rows,
            ValidationMetrics = hasValidation ? metrics : new Dictionary<ValidationMetric, double>(),
            LearningRate = _progress.LearningRate,
            GradientNorm = _progress.NormSum / _progress.Batches,
            WeightNorm = WeightNorms.Of(_parameters),
            Sparsity = _parameters.ZeroShare(),
            NormalizedLayers = WeightNorms.Of(_parameters, _network.NormalizedWeights, _progress.LearningRate),
            Steps = _progress.Batches,
            Seconds = _progress.Elapsed.TotalSeconds,
        };
        KeepIfBest(report, losses);
        return (report, null);
    }

    // A run whose time is over before its epochs is as far as its time.
    private TrainingMoment Moment(int epoch)
    {
        var (step, steps) = ((long)_network.Clock.Step, _settings.MaxEpochs * _epochSteps);
        var byTime = (long)(_pace.Share(epoch, (double)_progress.Batches / _epochSteps) * (steps - 1));
        return new TrainingMoment(Math.Max(step, byTime), steps, epoch, _plateaus.Plateaus);
    }

    /// <summary>Takes a training step.</summary>
    /// <param name="rows">The rows: the present batch.</param>
    /// <param name="learningRate">The step's learning rate.</param>
    public (double Loss, double GradientNorm) Step(RowBatches rows, double learningRate)
    {
        _network.Clock.Step++;
        using var scope = torch.NewDisposeScope();
        var batch = _batches.Gather(rows.Table, rows.Rows, _encoding, _settings.Recipe.LabelSmoothing);
        var start = Stopwatch.GetTimestamp();
        var result = Learn(batch, learningRate);
        _progress.AddComputing(start);
        return result;
    }

    // Frees what the network computed, too.
    private (double Loss, double GradientNorm) Learn(TrainingBatch batch, double learningRate)
    {
        using var pass = _network.Begin(isTraining: true);
        _parameters.ClearGradients();
        var loss = _gradient.Add(batch);
        foreach (var penalty in _stages.Penalties)
            penalty.AddGradient();

        var norm = GradientNorm.Of(_parameters);
        if (!double.IsFinite(norm) || !double.IsFinite(loss))
            return (loss, norm);

        foreach (var stage in _stages.AfterGradient)
            stage.AfterGradient(norm);
        _optimizer.Step(learningRate);
        foreach (var stage in _stages.AfterStep)
            stage.AfterStep();
        return (loss, norm);
    }

    // Validation rows of one class have no ROC curve, and targets that are all alike no variance to explain.
    private EarlyStopping Watchable(IChannel channel, EarlyStopping options)
    {
        if (_data.Task.WhyUndefined(options.Metric, _data.ValidationSummary) is not { } why)
            return options;

        channel.Warning($"EarlyStopping.Metric is {options.Metric}, which is not defined here: {why}. Early stopping watches the loss instead.");
        return options with { Metric = ValidationMetric.Loss };
    }

    private void KeepIfBest(EpochReport report, RowLosses losses)
    {
        // Nothing tells which epoch is best without validation rows: then it is the latest complete one.
        var isBest = true;
        if (report.ValidationLoss is { } loss)
        {
            isBest = _earlyStopping?.Observe(report.Epoch, report.ValidationMetrics[_earlyStopping.Metric], losses) ?? _best.IsLeast(loss);
        }

        if (isBest)
            _best.Take(report.Epoch, NetworkWeights.CopyOf(_network, outdated: _best.Weights));
    }

    // Training anew has the model that it was to better.
    private Exception? WhyNoModel(StopReason reason)
    {
        if (_best.Weights is not null || _settings.RetrainingEpochs is not null)
            return null;
        return reason == StopReason.Diverged
            ? _host.Except(DivergenceCause.Describe(_epochs.Count + 1, _settings))
            : Watch.Nothing(reason, string.Create(
                CultureInfo.InvariantCulture, $"before the first epoch was complete, after {_progress.Batches} of its {_epochSteps} batches and {_clock.Elapsed.TotalSeconds:0.#} s"));
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

    // Averaged statistics want all rows, which a run that is interrupted may not get.
    private NetworkWeights? LastWeights(bool isComplete)
    {
        _optimizer.BringUpToDate();
        try
        {
            // A run that goes on at its very end has read other rows than those of its last epoch.
            if (isComplete && _average is not null)
                ReadRowsOf(_epochs.Count);
            using var averaged = isComplete ? _average?.Use() : null;
            return NetworkWeights.CopyOf(_network);
        }
        catch (OperationCanceledException) when (Interruption is not null)
        {
            return null;
        }
    }

    /// <summary>
    /// Early stopping, cancellation and divergence give the best epoch's weights; a run to its last epoch without early stopping gives the
    /// last ones.
    /// </summary>
    private TrainingOutcome Finish(IChannel channel, StopReason reason)
    {
        var isComplete = reason is StopReason.MaxEpochs or StopReason.Converged;
        var takesBest = _best.Weights is not null && (_earlyStopping is not null || !isComplete);
        var last = takesBest ? null : LastWeights(isComplete);
        takesBest = last is null;
        var history = new TrainingHistory
        {
            Epochs = _epochs,
            StopReason = reason,
            ModelEpoch = takesBest ? _best.Epoch : _epochs.Count,
            TrainingRows = _data.Training.Count,
            ValidationRows = _data.Validation.Count,
            SkippedRows = _data.SkippedRows,
        };
        if (reason == StopReason.Diverged)
            channel.Warning(DivergenceCause.Describe(_epochs.Count + 1, _settings));
        channel.Info($"Training ended after {_epochs.Count} epochs: {reason}. The model has the weights of epoch {history.ModelEpoch}.");
        return new TrainingOutcome(last ?? _best.Weights!, history, _scales.Input, _scales.Target) { Imputation = _scales.Imputation };
    }
}
