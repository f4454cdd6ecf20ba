namespace Microsoft.ML.Regularization.Reports;

/// <summary>
/// Bins of probabilities, ten of equal width: of two classes those of true, of more those of the predicted class (Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks",
/// 2017).
/// </summary>
/// <param name="Bins">Those that have rows, from the least probable.</param>
internal sealed record Reliability(IReadOnlyList<ReliabilityBin> Bins)
{
    private const int Count = 10;

    /// <summary>The mean distance of probability and frequency, over all rows.</summary>
    public double CalibrationError => Bins.Sum(bin => bin.Rows * Math.Abs(bin.Confidence - bin.Frequency)) / Bins.Sum(bin => bin.Rows);

    public static Reliability Of(ScoredRows rows)
    {
        var (confidence, hits, counts) = (new double[Count], new int[Count], new int[Count]);
        for (var row = 0; row < rows.Count; row++)
        {
            var predicted = rows.IsBinary ? 1 : rows.PredictedClass(row);
            var probability = rows.Probabilities(row)[predicted];
            var bin = Math.Clamp((int)(probability * Count), 0, Count - 1);
            confidence[bin] += probability;
            hits[bin] += rows.Class(row) == predicted ? 1 : 0;
            counts[bin]++;
        }

        return new([.. Enumerable.Range(0, Count).Where(bin => counts[bin] > 0)
            .Select(bin => new ReliabilityBin(confidence[bin] / counts[bin], (double)hits[bin] / counts[bin], counts[bin]))]);
    }
}
