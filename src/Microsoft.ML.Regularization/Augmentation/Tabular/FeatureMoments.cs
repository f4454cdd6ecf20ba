namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Mean and standard deviation of each slot over the rows that were added. Values that are not finite are left out; those that a sparse row does not hold
/// are zeros.
/// </summary>
internal sealed class FeatureMoments(int size)
{
    private readonly long[] _counts = new long[size];
    private readonly long[] _skipped = new long[size];
    private readonly double[] _means = new double[size];
    private readonly double[] _squares = new double[size];

    public void Add(int slot, float value)
    {
        if (!float.IsFinite(value))
        {
            _skipped[slot]++;
            return;
        }

        // Welford's update: squares of large numbers that differ little would cancel.
        var difference = value - _means[slot];
        _means[slot] += difference / ++_counts[slot];
        _squares[slot] += difference * (value - _means[slot]);
    }

    /// <param name="rows">How many rows there were.</param>
    /// <returns>For each slot mean and population standard deviation; 0 where it has no finite value.</returns>
    public (float[] Means, float[] Deviations) Finish(long rows)
    {
        var (means, deviations) = (new float[size], new float[size]);
        for (var slot = 0; slot < size; slot++)
        {
            // The rows that did not hold the slot, as a second sample of zeros (Chan, Golub and LeVeque, 1979).
            double count = rows - _skipped[slot];
            if (count == 0)
                continue;
            var share = _counts[slot] / count;
            means[slot] = (float)(_means[slot] * share);
            deviations[slot] = (float)Math.Sqrt((_squares[slot] + _means[slot] * _means[slot] * share * (count - _counts[slot])) / count);
        }

        return (means, deviations);
    }
}
