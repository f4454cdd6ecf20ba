namespace Microsoft.ML.Regularization;

/// <summary>Batches that a pass reads, on a thread of its own while those before are trained on.</summary>
internal sealed class StreamedDataLoader : DataLoader
{
    // One that is trained on, one that waits and one that is read.
    private const int Tables = 3;

    private readonly BatchReader _pass;
    private readonly Prefetcher<RowTable>? _ahead;
    private RowTable _batch;
    private int[] _rows = [];

    /// <param name="pass">The rows; disposed of with the batches.</param>
    /// <param name="prefetches">Whether another thread reads; else the caller's does, when it asks.</param>
    public StreamedDataLoader(BatchReader pass, bool prefetches)
    {
        _pass = pass;
        _batch = pass.NewBatch();
        if (prefetches)
            _ahead = new Prefetcher<RowTable>("Reading rows", [.. Enumerable.Range(0, Tables).Select(_ => pass.NewBatch())], pass.Read);
    }

    public override RowTable Table => _batch;

    public override ReadOnlySpan<int> Rows => _rows.AsSpan(0, _batch.Count);

    public override bool MoveNext()
    {
        var next = _ahead is not null ? _ahead.Take() : _pass.Read(_batch) ? _batch : null;
        if (next is null)
            return false;

        _batch = next;
        if (_rows.Length < next.Count)
            _rows = [.. Enumerable.Range(0, next.Count)];
        return true;
    }

    public override void Dispose()
    {
        _ahead?.Dispose();
        _pass.Dispose();
    }
}
