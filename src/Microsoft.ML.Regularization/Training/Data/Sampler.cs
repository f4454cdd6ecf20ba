using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Training;

/// <summary>In which order an epoch visits its rows, and how that order is cut into batches.</summary>
internal static class Sampler
{
    /// <summary>The rows 0 to <paramref name="count"/> - 1 in the order in which they leave a <see cref="ShufflePool"/>.</summary>
    public static int[] Shuffle(int count, RandomKey key, int epoch, int poolRows = int.MaxValue)
    {
        var pool = new ShufflePool(Math.Min(poolRows, count), key, epoch);
        if (pool.Capacity == count)
            return pool.Drain(count);

        var order = new int[count];
        var slots = Enumerable.Range(0, pool.Capacity).ToArray();
        for (var row = pool.Capacity; row < count; row++)
        {
            ref var slot = ref slots[pool.NextSlot()];
            order[row - pool.Capacity] = slot;
            slot = row;
        }

        var left = pool.Drain(pool.Capacity);
        for (var i = 0; i < left.Length; i++)
            order[count - left.Length + i] = slots[left[i]];
        return order;
    }

    /// <summary>
    /// Cuts <paramref name="count"/> rows into batches of <paramref name="batchSize"/>; the last one has what is left. Where a batch needs two
    /// rows, a single row that is left joins the batch before, which is then one larger. Where incomplete batches are dropped, what is left is no batch, unless
    /// there is no other.
    /// </summary>
    public static IEnumerable<Range> Cut(int count, int batchSize, bool needsTwoRows, bool dropsIncomplete = false)
    {
        for (var start = 0; start < count;)
        {
            var end = Math.Min(start + (long)batchSize, count);
            if (dropsIncomplete && start > 0 && end - start < batchSize)
                yield break;
            if (needsTwoRows && !dropsIncomplete && count - end == 1)
                end = count;
            yield return start..(int)end;
            start = (int)end;
        }
    }

    /// <summary>How many batches <see cref="Cut"/> gives.</summary>
    public static long CountBatches(long count, int batchSize, bool needsTwoRows, bool dropsIncomplete = false)
    {
        var (full, left) = Math.DivRem(count, batchSize);
        if (dropsIncomplete && full > 0)
            return full;
        var isJoined = needsTwoRows && left == 1 && full > 0;
        return full + (left > 0 && !isJoined ? 1 : 0);
    }
}
