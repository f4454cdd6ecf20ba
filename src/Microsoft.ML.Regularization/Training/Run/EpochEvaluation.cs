namespace Microsoft.ML.Regularization.Training;

/// <summary>Measures the network at the end of an epoch, as the model would be: with averaged weights and without those that are pruned.</summary>
internal sealed class EpochEvaluation(TrainingSet data, TrainingSettings settings, RunParts parts, RunState state)
{
    /// <summary>What the epoch did; null where the network's outputs are no longer finite. The weights of the best epoch are kept.</summary>
    /// <param name="epoch">The epoch, from 1.</param>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public EpochReport? Evaluate(int epoch)
    {
        var (network, parameters, progress) = (parts.Trained.Network, parts.Trained.Parameters, state.Progress);
        parts.Step.BringUpToDate();
        parts.Step.Average?.AfterEpoch(epoch, state.Pace.Share(epoch, within: 1));
        using var averaged = parts.Step.Average?.Use();
        using var pruned = network.Prune();

        // Without validation rows a batch of training rows tells whether the weights are still sound.
        var hasValidation = data.Validation.Count > 0;
        using var measured = (hasValidation ? data.Validation : data.Training).InOrder(settings.BatchSize);
        var (metrics, losses) = parts.Evaluator.Measure(parts.Collator, measured, hasValidation ? long.MaxValue : 1);
        if (!double.IsFinite(losses.Mean))
            return null;

        var report = new EpochReport
        {
            Epoch = epoch,
            TotalEpochs = settings.RetrainingEpochs ?? settings.MaxEpochs,
            IsRetraining = settings.RetrainingEpochs is not null,
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
        state.Best.Observe(report, losses, network);
        return report;
    }
}
