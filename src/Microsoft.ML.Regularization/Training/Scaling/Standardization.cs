namespace Microsoft.ML.Regularization.Training;

/// <summary>Means and standard deviations of numbers: see <see cref="InputScaling.Standardize"/>.</summary>
internal static class Standardization
{
    private const int RowsAtATime = 256;

    /// <param name="rows">The rows, of which those of weight 0 are left out, as missing numbers are.</param>
    /// <param name="count">Numbers of a row.</param>
    /// <param name="watch">Signals when the fit is to end; null for never.</param>
    public static NumberScale[] Of(Dataset rows, int count, FitWatch? watch)
    {
        var (means, squares, present) = (new double[count], new double[count], new long[count]);
        var features = new float[count];
        using var batches = rows.InOrder(RowsAtATime);
        while (batches.MoveNext())
        {
            watch?.ThrowIfInterrupted();
            foreach (var row in batches.Rows)
            {
                if (batches.Table.Weight(row) == 0)
                    continue;

                // Welford's update: squares of large numbers that differ little would cancel.
                batches.Table.CopyFeatures(row, 0, features);
                for (var i = 0; i < means.Length; i++)
                {
                    if (float.IsNaN(features[i]))
                        continue;
                    var difference = features[i] - means[i];
                    means[i] += difference / ++present[i];
                    squares[i] += difference * (features[i] - means[i]);
                }
            }
        }

        return [.. means.Select((mean, i) => new NumberScale(mean, present[i] > 0 ? Math.Sqrt(squares[i] / present[i]) : 0, present[i]))];
    }

    /// <summary>Gives all numbers of a group the scale of the group.</summary>
    public static NumberScale[] Share(NumberScale[] numbers, Func<int, int> groupOf)
    {
        var groups = Enumerable.Range(0, numbers.Length).ToLookup(groupOf, i => numbers[i]);
        var pooled = groups.ToDictionary(group => group.Key, group => NumberScale.Pool([.. group]));
        return [.. numbers.Select((_, i) => pooled[groupOf(i)])];
    }
}
