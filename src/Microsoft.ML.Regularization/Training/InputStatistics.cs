using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization;

/// <summary>Learns an <see cref="InputScaler"/> from training rows; each row counts once, whatever its example weight.</summary>
internal static class InputStatistics
{
    // Quantiles of this many rows, evenly spread, are those of all to a fraction of a percent.
    private const int MostRowsToRank = 100_000;

    private const int RowsAtATime = 256;

    // Those of a cache line, so that each line of the table is read once.
    private const int FeaturesAtATime = 16;

    /// <summary>Null where features are left as they are.</summary>
    /// <param name="scaling">The kind.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="featureCount">Features of a row.</param>
    /// <param name="watch">Ends it early; null for nothing that does.</param>
    /// <param name="areSparse">Whether most features are 0: see <see cref="SparseStatistics"/>.</param>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public static InputScaler? Learn(InputScaling scaling, EpochRows rows, int featureCount, FitWatch? watch = null, bool areSparse = false)
    {
        if (scaling == InputScaling.None || featureCount == 0)
            return null;

        var (center, factor) = (new float[featureCount], new float[featureCount]);
        if (scaling == InputScaling.Standardize && areSparse)
            SparseStatistics.Standardize(rows, RowsAtATime, center, factor, watch);
        else if (scaling == InputScaling.Standardize)
            Standardize(rows, center, factor, watch);
        else if (areSparse)
            SparseStatistics.ByQuantiles(rows.Sample(MostRowsToRank), MostRowsToRank, center, factor);
        else
            ByQuantiles(rows.Sample(MostRowsToRank), center, factor, watch);
        return new InputScaler(scaling, center, factor);
    }

    private static void Standardize(EpochRows rows, float[] center, float[] factor, FitWatch? watch)
    {
        var (means, squares, count) = (new double[center.Length], new double[center.Length], 0L);
        using var batches = rows.InOrder(RowsAtATime);
        while (batches.MoveNext())
        {
            watch?.ThrowIfInterrupted();
            foreach (var row in batches.Rows)
            {
                // Welford's update: squares of large numbers that differ little would cancel.
                var features = batches.Table.Features(row);
                count++;
                for (var i = 0; i < features.Length; i++)
                {
                    var difference = features[i] - means[i];
                    means[i] += difference / count;
                    squares[i] += difference * (features[i] - means[i]);
                }
            }
        }

        for (var i = 0; i < center.Length; i++)
        {
            center[i] = (float)means[i];
            factor[i] = ToFactor(Math.Sqrt(squares[i] / count), center[i]);
        }
    }

    private static void ByQuantiles(RowTable table, float[] center, float[] factor, FitWatch? watch)
    {
        var rows = Math.Min(table.Count, MostRowsToRank);
        RangeWork.Run(center.Length, FeaturesAtATime, (start, length) =>
        {
            if (watch?.Interruption is not null)
                return;
            var columns = Enumerable.Range(0, length).Select(_ => new float[rows]).ToArray();
            for (var row = 0; row < rows; row++)
            {
                var features = table.Features((int)((long)row * table.Count / rows)).Slice(start, length);
                for (var i = 0; i < length; i++)
                    columns[i][row] = features[i];
            }

            for (var i = 0; i < length; i++)
                (center[start + i], factor[start + i]) = ByQuantiles(columns[i]);
        });
        watch?.ThrowIfInterrupted();
    }

    /// <summary>Center and factor of a feature.</summary>
    /// <param name="values">Of all rows; they are moved.</param>
    internal static (float Center, float Factor) ByQuantiles(Span<float> values)
    {
        var center = (float)OrderStatistics.Quantile(values, 0.5);
        var range = OrderStatistics.Quantile(values, 0.75) - OrderStatistics.Quantile(values, 0.25);
        return (center, ToFactor(range == 0 ? HalfRange(TensorPrimitives.Min<float>(values), TensorPrimitives.Max<float>(values)) : range, center));
    }

    internal static double HalfRange(float least, float most) => ((double)most - least) / 2;

    // What differs by less than floats can tell is rounding.
    internal static float ToFactor(double scale, float center)
    {
        var factor = (float)(1 / scale);
        return scale > 1e-6 * Math.Abs(center) && float.IsFinite(factor) ? factor : 0;
    }
}
