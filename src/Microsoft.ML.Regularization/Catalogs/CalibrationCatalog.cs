using Microsoft.ML.Data;
using Microsoft.ML.Regularization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>What belongs behind a calibrator.</summary>
public static class CalibrationCatalog
{
    /// <summary>
    /// Makes predicted label and score agree with the probability: see <see cref="ProbabilityLabelTransformer"/>. Put it behind a calibrator, which leaves them
    /// as they were. There is nothing to fit.
    /// </summary>
    /// <param name="catalog">The catalog.</param>
    /// <param name="threshold">
    /// Above which probability rows are predicted true, from 0 (all but those of probability 0) to 1 (none). One half makes the fewest errors; where a missed case
    /// costs c times as much as a false alarm, take 1 / (1 + c).
    /// </param>
    /// <param name="predictedLabelColumnName">The column of booleans that is written, in place of the one of that name.</param>
    /// <param name="scoreColumnName">The column of log-odds that is written, above 0 where the label is true, in place of the one of that name.</param>
    /// <param name="probabilityColumnName">Column of probabilities.</param>
    /// <exception cref="ArgumentOutOfRangeException">The threshold is out of its range, or a name is blank.</exception>
    /// <example><code>
    /// var calibrated = ml.BinaryClassification.Calibrators.Platt().Append(ml.BinaryClassification.Calibrators.LabelByProbability()).Fit(model.Transform(unseenRows));
    /// var chain = model.Append(calibrated);
    /// </code></example>
    public static ProbabilityLabelEstimator LabelByProbability(
        this BinaryClassificationCatalog.CalibratorsCatalog catalog,
        float threshold = 0.5f,
        string predictedLabelColumnName = DefaultColumnNames.PredictedLabel,
        string scoreColumnName = DefaultColumnNames.Score,
        string probabilityColumnName = DefaultColumnNames.Probability)
    {
        Contracts.CheckValue(catalog, nameof(catalog));
        return new ProbabilityLabelEstimator(CatalogUtils.GetEnvironment(catalog), threshold, predictedLabelColumnName, scoreColumnName, probabilityColumnName);
    }
}
