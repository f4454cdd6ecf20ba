using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The random choices of a shuffle pool. Rows arrive in their own order and fill the pool; then each new row takes the slot of a random row, which leaves;
/// once no more arrive, the remaining rows leave in random order. A pool that holds all rows shuffles uniformly (Fisher and Yates).
/// </summary>
/// <param name="capacity">Slots of the pool.</param>
/// <param name="key">Names the order, together with the epoch.</param>
/// <param name="epoch">Gives each epoch an order of its own.</param>
internal sealed class ShufflePool(int capacity, RandomKey key, int epoch)
{
    private KeyedStream _random = new(key, (ulong)epoch);

    public int Capacity => capacity;

    /// <summary>The slot of a full pool whose row leaves and that takes the next row.</summary>
    public int NextSlot() => (int)_random.NextInt64(capacity);

    /// <summary>In which order the rows that are left at the end go: the first <paramref name="filled"/> slots are those that hold one.</summary>
    public int[] Drain(int filled)
    {
        var order = new int[filled];
        for (var i = 0; i < filled; i++)
            order[i] = i;
        for (var i = filled - 1; i > 0; i--)
        {
            var j = (int)_random.NextInt64(i + 1);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
