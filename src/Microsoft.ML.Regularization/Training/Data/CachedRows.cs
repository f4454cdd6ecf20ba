namespace Microsoft.ML.Regularization;

/// <summary>Rows in memory.</summary>
/// <param name="table">The rows.</param>
/// <param name="poolRows">Rows of the shuffle pool.</param>
internal sealed class CachedRows(RowTable table, int poolRows = int.MaxValue) : EpochRows
{
    public RowTable Table => table;

    public override long Count => table.Count;

    public override RowBatches InOrder(int batchSize) => new CachedBatches(table, [.. Enumerable.Range(0, table.Count)], batchSize, needsTwoRows: false);

    public override RowBatches Shuffled(RandomKey key, int epoch, int batchSize, bool needsTwoRows) =>
        new CachedBatches(table, EpochOrder.Shuffle(table.Count, key, epoch, poolRows), batchSize, needsTwoRows);

    public override RowTable Sample(int most) => table;
}
