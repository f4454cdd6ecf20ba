namespace Microsoft.ML.Regularization;

/// <summary>The order in which an epoch visits its rows, and how it cuts them into batches.</summary>
internal static class EpochOrder
{
    /// <summary>A uniformly random permutation of 0 to <paramref name="count"/> - 1 (Fisher and Yates).</summary>
    public static int[] Shuffle(int count, RandomKey key, int epoch)
    {
        var order = new int[count];
        for (var i = 0; i < count; i++)
            order[i] = i;
        var random = new KeyedStream(key, (ulong)epoch);
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)random.NextInt64(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>
    /// Cuts <paramref name="count"/> rows into batches of <paramref name="batchSize"/>; the last one has what is left. Where a batch needs two
    /// rows, a single row that is left joins the batch before, which is then one larger.
    /// </summary>
    public static IEnumerable<Range> Cut(int count, int batchSize, bool needsTwoRows)
    {
        for (var start = 0; start < count;)
        {
            var end = Math.Min(start + batchSize, count);
            if (needsTwoRows && count - end == 1)
                end = count;
            yield return start..end;
            start = end;
        }
    }
}
