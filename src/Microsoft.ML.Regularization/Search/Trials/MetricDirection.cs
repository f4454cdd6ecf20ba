using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Search;

/// <summary>Turns every metric into a number to minimize.</summary>
internal static class MetricDirection
{
    /// <summary>Infinite where there is no value.</summary>
    public static double LossOf(ValidationMetric metric, double? value) =>
        value is not { } known ? double.PositiveInfinity : EarlyStoppingMonitor.IsBetterSmall(metric) ? known : -known;
}
