namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The report of an epoch that several networks were trained for.</summary>
internal static class MeanReport
{
    /// <param name="reports">Of each network its report of the epoch.</param>
    /// <param name="metrics">The metrics of what they predict together; null for the mean of their own.</param>
    public static EpochReport Of(IReadOnlyList<EpochReport> reports, IReadOnlyDictionary<ValidationMetric, double>? metrics = null) => reports[0] with
    {
        Member = null,
        TrainingLoss = reports.Average(report => report.TrainingLoss),
        ValidationMetrics = metrics ?? MeanOf(reports),
        LearningRate = reports.Average(report => report.LearningRate),
        GradientNorm = reports.Average(report => report.GradientNorm),
        WeightNorm = reports.Average(report => report.WeightNorm),
        Sparsity = reports.Average(report => report.Sparsity),
        NormalizedLayers = [],
        Steps = reports.Sum(report => report.Steps),
        Seconds = reports.Sum(report => report.Seconds),
    };

    // A metric that is not defined for one of them is left out.
    private static Dictionary<ValidationMetric, double> MeanOf(IReadOnlyList<EpochReport> reports) => reports[0].ValidationMetrics.Keys
        .Where(metric => reports.All(report => report.ValidationMetrics.ContainsKey(metric)))
        .ToDictionary(metric => metric, metric => reports.Average(report => report.ValidationMetrics[metric]));
}
