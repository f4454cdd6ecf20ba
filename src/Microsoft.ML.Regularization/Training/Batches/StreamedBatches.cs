namespace Microsoft.ML.Regularization;

/// <summary>Batches of rows that a pass reads, in the order in which they leave a <see cref="ShufflePool"/>.</summary>
internal sealed class StreamedBatches : RowBatches
{
    private readonly RowPass _pass;
    private readonly ShufflePool _order;
    private readonly RowTable _pool;
    private readonly RowTable _batch;
    private readonly int _batchSize;
    private readonly bool _needsTwoRows;
    private int[] _rows = [];
    private bool _isFilled;
    private bool _hasNext;
    private int[]? _left;
    private int _taken;

    /// <param name="pass">The rows; disposed of with the batches.</param>
    /// <param name="order">The pool's choices.</param>
    /// <param name="pool">Room for the pool; what it holds is lost.</param>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="needsTwoRows">See <see cref="EpochOrder.Cut"/>.</param>
    public StreamedBatches(RowPass pass, ShufflePool order, RowTable pool, int batchSize, bool needsTwoRows)
    {
        (_pass, _order, _pool, _batchSize, _needsTwoRows) = (pass, order, pool, batchSize, needsTwoRows);
        _batch = new RowTable(pool.FeatureCount, pool.TargetSize);
    }

    public override RowTable Table => _batch;

    public override ReadOnlySpan<int> Rows => _rows.AsSpan(0, _batch.Count);

    // A row that leaves the pool while others come is never the last one.
    private bool IsOneLeft => !_hasNext && _pool.Count - _taken == 1;

    public override bool MoveNext()
    {
        if (!_isFilled)
            Fill();
        _batch.Clear();
        while (_batch.Count < _batchSize && TryTake())
        {
        }

        if (_needsTwoRows && IsOneLeft)
            TryTake();
        if (_rows.Length < _batch.Count)
            _rows = [.. Enumerable.Range(0, _batch.Count)];
        return _batch.Count > 0;
    }

    public override void Dispose() => _pass.Dispose();

    private void Fill()
    {
        _isFilled = true;
        _pool.Clear();
        while ((_hasNext = _pass.MoveNext()) && _pool.Count < _order.Capacity)
            _pool.Add(_pass.Row);
    }

    private bool TryTake()
    {
        if (_hasNext)
        {
            var slot = _order.NextSlot();
            _batch.Add(_pool, slot);
            _pool.Replace(slot, _pass.Row);
            _hasNext = _pass.MoveNext();
            return true;
        }

        _left ??= _order.Drain(_pool.Count);
        if (_taken == _left.Length)
            return false;
        _batch.Add(_pool, _left[_taken++]);
        return true;
    }
}
