namespace Microsoft.ML.Regularization.Training;

/// <summary>Batches of rows that are all in memory: each one is a stretch of the order in which the rows are visited.</summary>
/// <param name="table">The rows.</param>
/// <param name="order">Their order; null for their own, from the first to the last.</param>
/// <param name="batchSize">Rows of a batch.</param>
/// <param name="needsTwoRows">See <see cref="Sampler.Cut"/>.</param>
/// <param name="dropsIncomplete">See <see cref="Sampler.Cut"/>.</param>
internal sealed class MemoryDataLoader(RowTable table, int[]? order, int batchSize, bool needsTwoRows, bool dropsIncomplete = false) : DataLoader
{
    private readonly IEnumerator<Range> _ranges = Sampler.Cut(order?.Length ?? table.Count, batchSize, needsTwoRows, dropsIncomplete).GetEnumerator();
    private int[] _rows = [];

    public override RowTable Table => table;

    public override ReadOnlySpan<int> Rows => order is null ? _rows : order.AsSpan(_ranges.Current);

    public override bool MoveNext()
    {
        if (!_ranges.MoveNext())
            return false;
        if (order is null)
            _rows = [.. Enumerable.Range(_ranges.Current.Start.Value, _ranges.Current.End.Value - _ranges.Current.Start.Value)];
        return true;
    }

    public override void Dispose() => _ranges.Dispose();
}
