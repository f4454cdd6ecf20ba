namespace Microsoft.ML.Regularization.Training;

/// <summary>Batches of rows that are all in memory: each one is a stretch of the order in which the rows are visited.</summary>
internal sealed class MemoryDataLoader(RowTable table, int[] order, int batchSize, bool needsTwoRows, bool dropsIncomplete = false) : DataLoader
{
    private readonly IEnumerator<Range> _ranges = Sampler.Cut(order.Length, batchSize, needsTwoRows, dropsIncomplete).GetEnumerator();

    public override RowTable Table => table;

    public override ReadOnlySpan<int> Rows => order.AsSpan(_ranges.Current);

    public override bool MoveNext() => _ranges.MoveNext();

    public override void Dispose() => _ranges.Dispose();
}
