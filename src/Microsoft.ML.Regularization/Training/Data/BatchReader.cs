namespace Microsoft.ML.Regularization.Training;

/// <summary>Reads rows into batches, in the order in which they leave a <see cref="ShufflePool"/>.</summary>
/// <param name="reader">The rows; disposed of with this.</param>
/// <param name="order">The pool's choices.</param>
/// <param name="pool">Memory for the pool; its content is overwritten.</param>
/// <param name="batchSize">Rows of a batch.</param>
/// <param name="needsTwoRows">Whether no batch may have a single row: see <see cref="Sampler.Cut"/>.</param>
/// <param name="dropsIncomplete">Whether a last batch of fewer rows is left out, unless there is no other.</param>
internal sealed class BatchReader(
    RowReader reader, ShufflePool order, RowTable pool, int batchSize, bool needsTwoRows, bool dropsIncomplete = false) : IDisposable
{
    private bool _hasRead;
    private bool _isFilled;
    private bool _hasNext;
    private int[]? _left;
    private int _taken;

    // While rows still come from the view, the pool is full, so a single row can only be left behind the last of them.
    private bool IsOneLeft => !_hasNext && pool.Count - _taken == 1;

    public RowTable NewBatch() => new(pool.FeatureCount, pool.TargetSize, pool.IsSparse);

    /// <summary>Makes the table the next batch; false where there are no more.</summary>
    public bool Read(RowTable batch)
    {
        if (!_isFilled)
            Fill();
        batch.Clear();
        while (batch.Count < batchSize && TryTake(batch))
        {
        }

        if (needsTwoRows && !dropsIncomplete && IsOneLeft)
            TryTake(batch);
        if (dropsIncomplete && _hasRead && batch.Count < batchSize)
            return false;
        _hasRead = true;
        return batch.Count > 0;
    }

    public void Dispose() => reader.Dispose();

    private void Fill()
    {
        _isFilled = true;
        pool.Clear();
        while ((_hasNext = reader.MoveNext()) && pool.Count < order.Capacity)
            pool.Add(reader);
    }

    private bool TryTake(RowTable batch)
    {
        if (_hasNext)
        {
            var slot = order.NextSlot();
            batch.Add(pool, slot);
            pool.Replace(slot, reader);
            _hasNext = reader.MoveNext();
            return true;
        }

        _left ??= order.Drain(pool.Count);
        if (_taken == _left.Length)
            return false;
        batch.Add(pool, _left[_taken++]);
        return true;
    }
}
