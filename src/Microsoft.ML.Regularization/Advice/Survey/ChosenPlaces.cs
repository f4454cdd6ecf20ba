namespace Microsoft.ML.Regularization.Advice;

/// <summary>Which rows are looked at where there are many.</summary>
internal static class ChosenPlaces
{
    /// <summary>The places of a random choice of rows; none where all rows are few enough.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="most">How many are chosen.</param>
    /// <param name="seed">Of the choice.</param>
    /// <param name="cancellation">Ends the counting.</param>
    /// <param name="count">Rows in all.</param>
    public static IReadOnlyCollection<long> Of(IDataView data, int most, int seed, CancellationToken cancellation, out long count)
    {
        count = data.GetRowCount() ?? Count(data, cancellation);
        if (count <= most)
            return [];
        var (random, chosen) = (new Random(seed), new HashSet<long>());
        while (chosen.Count < most)
            chosen.Add(random.NextInt64(count));
        return chosen;
    }

    private static long Count(IDataView data, CancellationToken cancellation)
    {
        using var cursor = data.GetRowCursor([]);
        var count = 0L;
        while (cursor.MoveNext())
        {
            cancellation.ThrowIfCancellationRequested();
            count++;
        }

        return count;
    }
}
