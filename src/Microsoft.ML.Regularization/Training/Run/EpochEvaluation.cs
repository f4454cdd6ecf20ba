namespace Microsoft.ML.Regularization.Training;

/// <summary>Evaluates the network at the end of an epoch in the form that the model would have: with averaged weights and without pruned ones.</summary>
internal sealed class EpochEvaluation(ITrainingData data, TrainingSettings settings, RunParts parts, RunState state)
{
    private const int RowsOfProbe = 16;

    /// <summary>Measures a head that was fitted, before the first epoch, and keeps its weights: the first epoch must be better.</summary>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public ProbeReport Evaluate(ProbeReport probe)
    {
        if (data.Validation.Count == 0)
        {
            state.Best.Keep(0, parts.Trained.Network, probe.Calibration);
            return probe;
        }

        using var rows = data.Validation.InOrder(settings.BatchSize);
        var (metrics, losses, _) = parts.Evaluator.Measure(parts.Collator, rows);
        var report = new EpochReport { Epoch = 0, TotalEpochs = settings.MaxEpochs, TrainingLoss = probe.OutOfFoldLoss, ValidationMetrics = metrics, LearningRate = 0, GradientNorm = 0, Seconds = 0 };
        state.Best.Observe(report, losses, parts.Trained.Network, probe.Calibration);
        return probe with { ValidationMetrics = metrics };
    }

    /// <summary>The epoch's report; null if the network's outputs are no longer finite. Keeps the weights if the epoch is the best so far.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public EpochReport? Evaluate(int epoch)
    {
        var (network, parameters, progress) = (parts.Trained.Network, parts.Trained.Parameters, state.Progress);
        parts.Step.BringUpToDate();
        parts.Step.Average?.AfterEpoch(epoch, state.Pace.Share(epoch, within: 1));
        using var averaged = parts.Step.Average?.Use();
        using var pruned = network.Prune();

        // Without validation rows, a few training rows show whether the weights are still finite.
        var hasValidation = data.Validation.Count > 0;
        using var measured = hasValidation ? data.Validation.InOrder(settings.BatchSize) : data.Training.InOrder(Math.Min(settings.BatchSize, RowsOfProbe));
        var (metrics, losses, calibration) = parts.Evaluator.Measure(parts.Collator, measured, hasValidation ? long.MaxValue : 1);
        if (!double.IsFinite(losses.Mean))
            return null;

        var report = new EpochReport
        {
            Epoch = epoch,
            Member = settings.Place?.Member,
            Fold = settings.Place?.Fold,
            TotalEpochs = settings.RetrainingEpochs ?? settings.MaxEpochs,
            IsRetraining = settings.RetrainingEpochs is not null,
            IsStudent = settings.IsStudent,
            TrainingLoss = progress.LossSum / progress.Rows,
            ValidationMetrics = hasValidation ? metrics : new Dictionary<ValidationMetric, double>(),
            LearningRate = progress.LearningRate,
            GradientNorm = progress.NormSum / progress.Batches,
            WeightNorm = WeightNorms.Of(parameters),
            Sparsity = parameters.ZeroShare(),
            NormalizedLayers = WeightNorms.Of(parameters, network.NormalizedWeights, progress.LearningRate),
            Steps = progress.Batches,
            Seconds = progress.Elapsed.TotalSeconds,
        };
        state.Calibration = hasValidation ? calibration : null;
        state.Best.Observe(report, losses, network, state.Calibration);
        return report;
    }
}
