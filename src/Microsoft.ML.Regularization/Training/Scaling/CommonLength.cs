namespace Microsoft.ML.Regularization.Training;

/// <summary>The length that rows have: see <see cref="InputScaling.UnitLength"/>.</summary>
internal static class CommonLength
{
    private const int RowsAtATime = 256;

    /// <summary>One scale for all numbers: the root of the mean of the rows' squared lengths.</summary>
    /// <param name="rows">The rows, of which those of weight 0 are left out; a missing number adds nothing to its row's length.</param>
    /// <param name="count">Numbers of a row.</param>
    /// <param name="watch">Signals when the fit is to end; null for never.</param>
    public static NumberScale[] Of(Dataset rows, int count, FitWatch? watch)
    {
        var (squares, all) = (0.0, 0L);
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
                    if (slot < count && !float.IsNaN(value))
                        squares += (double)value * value;
                }
            }
        }

        var scale = new NumberScale(0, all > 0 ? Math.Sqrt(squares / all) : 0, all);
        return [.. Enumerable.Repeat(scale, count)];
    }
}
