using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// Computes what <see cref="InputStatistics"/> learns for sparse rows: from the numbers that are stored and the count of the zeros. NaN is a missing number.
/// </summary>
internal static class SparseStatistics
{
    private const int RowsAtATime = 256;

    private const int SlotsAtATime = 256;

    // With so many zeros for each other number the median and both quartiles are 0, and more change nothing.
    private const int MostZeros = 4;

    /// <summary>
    /// Means and standard deviations, in one pass. A slot that is 0 in most rows keeps its 0: its mean is no part of the scale, as in ML.NET's normalizers with
    /// <c>fixZero</c>.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="count">Numbers of a row.</param>
    /// <param name="watch">Signals when the fit is to end; null for never.</param>
    public static NumberScale[] Standardize(Dataset rows, int count, FitWatch? watch)
    {
        var (counts, gaps, means, squares, all) = (new long[count], new long[count], new double[count], new double[count], 0L);
        using var batches = rows.InOrder(RowsAtATime);
        while (batches.MoveNext())
        {
            watch?.ThrowIfInterrupted();
            foreach (var row in batches.Rows)
            {
                if (batches.Table.Weight(row) == 0)
                    continue;

                all++;
                foreach (var (slot, value) in batches.Table.Sparse(row))
                {
                    if (slot >= count)
                        break;
                    if (float.IsNaN(value))
                    {
                        gaps[slot]++;
                        continue;
                    }

                    // Welford's update.
                    var difference = value - means[slot];
                    means[slot] += difference / ++counts[slot];
                    squares[slot] += difference * (value - means[slot]);
                }
            }
        }

        return [.. Enumerable.Range(0, count).Select(Scale)];

        NumberScale Scale(int slot)
        {
            var present = all - gaps[slot];
            if (present == 0)
                return default;

            // Two groups put together (Chan, Golub and LeVeque, 1983), of which one is zeros.
            var share = (double)counts[slot] / present;
            var deviation = Math.Sqrt((squares[slot] + means[slot] * means[slot] * counts[slot] * (1 - share)) / present);
            return new NumberScale(2 * counts[slot] >= present ? means[slot] * share : 0, deviation, present);
        }
    }

    /// <summary>Medians and interquartile ranges, exactly those of the same rows with all their zeros.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="count">Numbers of a row.</param>
    public static NumberScale[] Scales(RowTable table, int count)
    {
        var scales = new NumberScale[count];
        ForEach(table, count, (slot, values, rows) => scales[slot] = RankedNumbers.Scale(values) with { Rows = rows });
        return scales;
    }

    /// <summary>For each number its median; 0 where no row has it.</summary>
    /// <param name="table">The rows.</param>
    /// <param name="count">Numbers of a row.</param>
    public static float[] Medians(RowTable table, int count)
    {
        var medians = new float[count];
        ForEach(table, count, (slot, values, _) => medians[slot] = (float)OrderStatistics.Quantile(values, 0.5));
        return medians;
    }

    private static void ForEach(RowTable table, int count, Take take) => ForEachSlot(table, count, (slot, own, zeros) =>
    {
        if (own.Length + zeros == 0)
            return;
        var ranked = new float[(int)Math.Min(own.Length + zeros, (MostZeros + 1L) * own.Length + 1)];
        own.CopyTo(ranked);
        take(slot, ranked, own.Length + zeros);
    });

    /// <summary>Hands out the values of each slot that are not 0, and how many more are.</summary>
    public static void ForEachSlot(RowTable table, int count, TakeSlot take)
    {
        var places = RankedNumbers.Places(table, RankedNumbers.MostRows);
        var rows = places.Length;
        var (starts, values, gaps) = BySlot(table, places, count);
        RangeWork.Run(count, SlotsAtATime, (start, length) =>
        {
            for (var slot = start; slot < start + length; slot++)
            {
                var own = values.AsSpan(starts[slot]..starts[slot + 1]);
                take(slot, own, rows - gaps[slot] - own.Length);
            }
        });
    }

    /// <summary>The numbers that are neither 0 nor missing, slot by slot, where those of each slot start, and how often it is missing.</summary>
    private static (int[] Starts, float[] Values, int[] Gaps) BySlot(RowTable table, int[] places, int count)
    {
        var (starts, gaps) = (new int[count + 1], new int[count]);
        foreach (var place in places)
        {
            foreach (var (slot, value) in table.Sparse(place))
            {
                if (slot >= count)
                    break;
                if (float.IsNaN(value))
                    gaps[slot]++;
                else
                    starts[slot + 1]++;
            }
        }

        for (var slot = 0; slot < count; slot++)
            starts[slot + 1] += starts[slot];
        var (values, next) = (new float[starts[count]], starts[..count]);
        foreach (var place in places)
        {
            foreach (var (slot, value) in table.Sparse(place))
            {
                if (slot >= count)
                    break;
                if (!float.IsNaN(value))
                    values[next[slot]++] = value;
            }
        }

        return (starts, values, gaps);
    }

    /// <param name="slot">Which slot.</param>
    /// <param name="own">Its values that are not 0.</param>
    /// <param name="zeros">Rows besides that have it.</param>
    public delegate void TakeSlot(int slot, ReadOnlySpan<float> own, int zeros);

    private delegate void Take(int slot, Span<float> values, int rows);
}
