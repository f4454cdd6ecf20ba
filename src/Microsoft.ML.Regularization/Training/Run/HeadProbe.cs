using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Gives a network the head that <see cref="LinearProbe"/> finds.</summary>
internal static class HeadProbe
{
    /// <summary>Does nothing where no probe is asked for, or the weights come from elsewhere: from a previous model, or from a checkpoint.</summary>
    /// <param name="host">Shows progress.</param>
    /// <param name="channel">Told what was found.</param>
    /// <param name="data">The rows.</param>
    /// <param name="settings">The run's.</param>
    /// <param name="parts">Have the network.</param>
    /// <returns>What was found; null where nothing was done.</returns>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public static ProbedHead? Run(IHost host, IChannel channel, ITrainingData data, TrainingSettings settings, RunParts parts)
    {
        if (settings.Start?.Tuning.Probe is not { } probe || settings.Previous is not null || RunInput.IsKept(settings))
            return null;

        data.BeginEpoch(1, isMixed: false);
        var (table, strata) = BodyFeatures.Of(host, data, settings, parts);
        var scale = FeatureScale.Of(table);
        var fit = new HeadFit(
            scale, parts.Input.Encoding, (settings.Loss ?? data.Task.DefaultLoss).CreateObjective(RegularizationRecipe.None), data.Target.Outputs, data.Target.ClassCount is not null,
            settings.Watch);
        var folds = Math.Clamp(table.Count, 2, probe.Folds);
        var search = new PenaltySearch(table, strata, fit, folds, settings.Key.Derive("folds of the probe"));
        var tried = probe.Penalty is { } given ? [search.Try(given)] : search.TryAll();
        var best = tried.MinBy(one => one.Loss)!;

        // All rows say more than those of the other folds: a penalty on the sum of their losses stays the same.
        var share = probe.Penalty is null ? (folds - 1.0) / folds : 1;
        var rows = fit.Rows(table, [.. Enumerable.Range(0, table.Count)]);
        Fit(best, best.Penalty * share).CopyTo(parts.Trained.Network);
        var report = new ProbeReport
        {
            Penalty = best.Penalty,
            OutOfFoldLoss = best.Loss,
            Rows = table.Count,
            Tried = [.. tried.Select(one => new PenaltyLoss(one.Penalty, one.Loss))],
            Calibration = fit.Calibrate(table, best, settings.Calibration),
        };
        channel.Info($"The network starts with {report}.");
        if (settings.Start.Tuning.IsProbeAlone)
            return new ProbedHead(report, TuningStart: null);

        var strong = search.Try(Math.Max(best.Penalty, probe.TuningPenalty));
        return new ProbedHead(report, Fit(strong, strong.Penalty));

        NetworkWeights Fit(TriedPenalty own, double penalty)
        {
            var (matrix, biases) = scale.Unscaled(fit.Minimize(rows, penalty, new double[rows.Numbers], isLast: true), own.Multiplier);
            return new NetworkWeights(
            [
                new NetworkTensor(BodyFeatures.HeadMatrix, [biases.Length, table.FeatureCount], matrix), new NetworkTensor(BodyFeatures.HeadBiases, [biases.Length], biases),
            ]);
        }
    }
}
