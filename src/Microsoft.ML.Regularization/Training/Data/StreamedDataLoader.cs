namespace Microsoft.ML.Regularization.Training;

/// <summary>Batches that are read from the view during training: another thread reads the next batches while the current one is trained on.</summary>
internal sealed class StreamedDataLoader : DataLoader
{
    // One batch is trained on, one waits and one is being read.
    private const int Tables = 3;

    private readonly BatchReader _reader;
    private readonly Prefetcher<RowTable>? _prefetcher;
    private RowTable _batch;
    private int[] _rows = [];

    /// <param name="reader">The rows; disposed of with the batches.</param>
    /// <param name="prefetches">Whether another thread reads the next batches; else each is read when it is asked for.</param>
    public StreamedDataLoader(BatchReader reader, bool prefetches)
    {
        _reader = reader;
        _batch = reader.NewBatch();
        if (prefetches)
            _prefetcher = new Prefetcher<RowTable>("Reading rows", [.. Enumerable.Range(0, Tables).Select(_ => reader.NewBatch())], reader.Read);
    }

    public override RowTable Table => _batch;

    public override ReadOnlySpan<int> Rows => _rows.AsSpan(0, _batch.Count);

    public override bool MoveNext()
    {
        var next = _prefetcher is not null ? _prefetcher.Take() : _reader.Read(_batch) ? _batch : null;
        if (next is null)
            return false;

        _batch = next;
        if (_rows.Length < next.Count)
            _rows = [.. Enumerable.Range(0, next.Count)];
        return true;
    }

    public override void Dispose()
    {
        _prefetcher?.Dispose();
        _reader.Dispose();
    }
}
