using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The metrics by which ensembles are selected.</summary>
internal static class EnsembleMetrics
{
    /// <summary>The metric of the mean of predictions.</summary>
    /// <param name="metric">
    /// A metric of the rows' task. <see cref="ValidationMetric.Loss"/> is the logarithmic loss of the mean probabilities of classes, and the squared error of
    /// numbers.
    /// </param>
    /// <param name="labels">The rows' labels and weights.</param>
    /// <param name="hasClasses">Whether labels are classes, true and false included.</param>
    /// <param name="classWeights">What the loss of each class's rows is multiplied by; null for all alike.</param>
    /// <exception cref="ArgumentOutOfRangeException">The task has no such metric.</exception>
    public static EnsembleMetric Create(ValidationMetric metric, RowLabels labels, bool hasClasses, float[]? classWeights = null) => (metric, hasClasses) switch
    {
        (ValidationMetric.Loss or ValidationMetric.CalibratedLoss, true) => new LogLossOfMean(labels, classWeights),
        (ValidationMetric.Accuracy, true) => new ErrorOfMean(labels, countsClassesAlike: false),
        (ValidationMetric.MacroAccuracy, true) => new ErrorOfMean(labels, countsClassesAlike: true),
        (ValidationMetric.AreaUnderRocCurve, true) when labels.TargetSize == 2 => new RocAreaOfMean(labels),
        (ValidationMetric.Loss or ValidationMetric.RSquared or ValidationMetric.RootMeanSquaredError, false) => new ResidualOfMean(labels, isSquared: true),
        (ValidationMetric.MeanAbsoluteError, false) => new ResidualOfMean(labels, isSquared: false),
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric, "The task has no such metric."),
    };
}
