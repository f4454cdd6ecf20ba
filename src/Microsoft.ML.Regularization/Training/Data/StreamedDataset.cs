using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Rows that every pass reads anew from the view, so that memory does not depend on their number.</summary>
/// <param name="open">Opens a reader at the first row.</param>
/// <param name="count">Rows of each pass.</param>
/// <param name="pool">Room for the shuffle pool, used by one pass at a time.</param>
/// <param name="poolRows">Rows of the shuffle pool.</param>
/// <param name="prefetches">Whether another thread reads the next batches: see <see cref="RowCaching.Prefetches"/>.</param>
internal sealed class StreamedDataset(Func<RowReader> open, long count, RowTable pool, int poolRows, bool prefetches) : Dataset
{
    public override long Count => count;

    public override DataLoader InOrder(int batchSize) =>
        Batches(new ShufflePool(capacity: 1, key: default, epoch: 0), NewTable(), batchSize, needsTwoRows: false);

    public override DataLoader Shuffled(RandomKey key, int epoch, int batchSize, bool needsTwoRows, bool dropsIncomplete = false) =>
        Batches(new ShufflePool((int)Math.Min(poolRows, count), key, epoch), pool, batchSize, needsTwoRows, dropsIncomplete);

    public override RowTable Sample(int most)
    {
        var sample = NewTable();
        using var reader = open();
        var size = (int)Math.Min(count, most);
        for (var row = 0L; sample.Count < size && reader.MoveNext(); row++)
        {
            if (row == sample.Count * count / size)
                sample.Add(reader);
        }

        return sample;
    }

    private StreamedDataLoader Batches(ShufflePool order, RowTable room, int batchSize, bool needsTwoRows, bool dropsIncomplete = false) =>
        new(new BatchReader(open(), order, room, batchSize, needsTwoRows, dropsIncomplete), prefetches);

    private RowTable NewTable() => new(pool.FeatureCount, pool.TargetSize, pool.IsSparse);
}
