namespace Microsoft.ML.Regularization.Explanations;

/// <summary>The mean of what columns contribute at points, corrected so that all of them sum to what is known.</summary>
/// <param name="points">Each of them.</param>
/// <param name="columns">How many.</param>
internal sealed class ContributionSum(IReadOnlyList<WayPoint> points, int columns)
{
    private readonly double _weight = points.Sum(point => (double)point.Weight);

    /// <param name="parts">(slots, columns).</param>
    /// <param name="total">What contributions sum to.</param>
    /// <param name="contributions">Receives a value for each column.</param>
    public void Compute(float[] parts, double total, Span<float> contributions)
    {
        var (means, variances) = (new double[columns], new double[columns]);
        for (var column = 0; column < columns; column++)
        {
            var squares = 0.0;
            foreach (var point in points)
            {
                var value = 0.0;
                foreach (var slot in point.Slots)
                    value += parts[slot * columns + column];
                means[column] += value;
                squares += value * value / point.Weight;
            }

            means[column] /= _weight;
            variances[column] = Math.Max(0, squares / _weight - means[column] * means[column]);
        }

        // The integral is a sum over few points. What it lacks goes to columns by the variance of their terms, the least squares' correction of estimates whose sum is
        // known; where nothing varies, to the greatest.
        var (lack, spread) = (total - means.Sum(), variances.Sum());
        var greatest = Array.IndexOf(means, means.MaxBy(Math.Abs));
        for (var column = 0; column < columns; column++)
            contributions[column] = (float)(means[column] + lack * (spread > 0 ? variances[column] / spread : column == greatest ? 1 : 0));
    }
}
