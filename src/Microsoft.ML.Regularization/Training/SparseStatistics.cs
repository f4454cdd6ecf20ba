using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization;

/// <summary>What <see cref="InputStatistics"/> learns, of sparse rows: from the numbers that are not 0 and the count of the others.</summary>
internal static class SparseStatistics
{
    private const int SlotsAtATime = 256;

    // Of a slot with fewer numbers both quartiles and the median are 0.
    private const int LeastShare = 5;

    /// <summary>
    /// Means and standard deviations, in one pass. A slot that is 0 in most rows keeps its 0: its mean is no part of the scale, as in ML.NET's normalizers with
    /// <c>fixZero</c>.
    /// </summary>
    public static void Standardize(EpochRows rows, int rowsAtATime, float[] center, float[] factor, FitWatch? watch)
    {
        var (counts, means, squares, all) = (new long[center.Length], new double[center.Length], new double[center.Length], 0L);
        using var batches = rows.InOrder(rowsAtATime);
        while (batches.MoveNext())
        {
            watch?.ThrowIfInterrupted();
            foreach (var row in batches.Rows)
            {
                all++;
                foreach (var (slot, value) in batches.Table.Sparse(row))
                {
                    // Welford's update.
                    var difference = value - means[slot];
                    means[slot] += difference / ++counts[slot];
                    squares[slot] += difference * (value - means[slot]);
                }
            }
        }

        for (var slot = 0; slot < center.Length; slot++)
        {
            // Two groups put together (Chan, Golub and LeVeque, 1983), of which one is zeros.
            var share = (double)counts[slot] / all;
            var deviation = Math.Sqrt((squares[slot] + means[slot] * means[slot] * counts[slot] * (1 - share)) / all);
            var mean = (float)(means[slot] * share);
            factor[slot] = InputStatistics.ToFactor(deviation, mean);
            center[slot] = 2 * counts[slot] >= all ? mean : 0;
        }
    }

    /// <summary>Medians and interquartile ranges, exactly those of the same rows with all their zeros.</summary>
    public static void ByQuantiles(RowTable table, int mostRows, float[] center, float[] factor)
    {
        var rows = Math.Min(table.Count, mostRows);
        var (starts, values) = BySlot(table, rows, center.Length);
        RangeWork.Run(center.Length, SlotsAtATime, (start, length) =>
        {
            float[]? column = null;
            for (var slot = start; slot < start + length; slot++)
            {
                var own = values.AsSpan(starts[slot]..starts[slot + 1]);
                if (own.IsEmpty || (long)own.Length * LeastShare < rows)
                {
                    var (least, most) = own.IsEmpty ? (0, 0) : (TensorPrimitives.Min<float>(own), TensorPrimitives.Max<float>(own));
                    factor[slot] = InputStatistics.ToFactor(InputStatistics.HalfRange(Math.Min(least, 0), Math.Max(most, 0)), center: 0);
                    continue;
                }

                column ??= new float[rows];
                own.CopyTo(column);
                column.AsSpan(own.Length).Clear();
                (center[slot], factor[slot]) = InputStatistics.ByQuantiles(column);
            }
        });
    }

    private static (int[] Starts, float[] Values) BySlot(RowTable table, int rows, int count)
    {
        var starts = new int[count + 1];
        for (var row = 0; row < rows; row++)
        {
            foreach (var (slot, _) in table.Sparse(PlaceOf(row)))
                starts[slot + 1]++;
        }

        for (var slot = 0; slot < count; slot++)
            starts[slot + 1] += starts[slot];
        var (values, next) = (new float[starts[count]], starts[..count]);
        for (var row = 0; row < rows; row++)
        {
            foreach (var (slot, value) in table.Sparse(PlaceOf(row)))
                values[next[slot]++] = value;
        }

        return (starts, values);

        int PlaceOf(int row) => (int)((long)row * table.Count / rows);
    }
}
