namespace QuickStart;

/// <summary>
/// Expected calibration error: how far a classifier's confidence is from its accuracy. Rows are put into bins of equal width by their greatest
/// probability; the error is the mean over the rows of <c>|accuracy - confidence|</c> of their bin (Guo, Pleiss, Sun and Weinberger, "On
/// calibration of modern neural networks", 2017, eq. 3). 0 is perfect, 1 is the worst.
/// </summary>
internal static class CalibrationError
{
    /// <param name="probabilities">For each row the probability of each class.</param>
    /// <param name="classes">For each row the index of its class.</param>
    /// <param name="binCount">The paper's experiments have 15 bins.</param>
    public static double Of(IReadOnlyList<float[]> probabilities, IReadOnlyList<int> classes, int binCount = 15)
    {
        // |accuracy - confidence| times the bin's share of the rows is |correct rows - sum of confidences| divided by all rows.
        var surplus = new double[binCount];
        for (var row = 0; row < probabilities.Count; row++)
        {
            var confidence = probabilities[row].Max();
            var isCorrect = Array.IndexOf(probabilities[row], confidence) == classes[row];

            // The paper's bins are closed above: ((m - 1) / M, m / M].
            var bin = Math.Clamp((int)Math.Ceiling(confidence * binCount) - 1, 0, binCount - 1);
            surplus[bin] += (isCorrect ? 1 : 0) - confidence;
        }

        return surplus.Sum(Math.Abs) / probabilities.Count;
    }
}
