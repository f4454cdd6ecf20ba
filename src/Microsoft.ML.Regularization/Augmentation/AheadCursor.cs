using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// Rows that several threads augment before they are asked for. The source is read by the thread that moves the cursor, as it would be without them; rows
/// come in its order, and an error comes at its row. The first row is read alone, and each move reads up to two more, until all room is taken.
/// </summary>
/// <param name="provider">For messages.</param>
/// <param name="schema">Of the augmented rows.</param>
/// <param name="source">The rows; the cursor disposes of them.</param>
/// <param name="rows">Room for rows; the cursor disposes of them.</param>
/// <param name="threads">Threads that augment at the same time.</param>
internal sealed class AheadCursor(IChannelProvider provider, DataViewSchema schema, DataViewRowCursor source, AheadRow[] rows, int threads)
    : BufferedCursor(provider)
{
    private readonly WorkAhead _work = new(rows.Length, threads, place => rows[place].Augment());
    private ExceptionDispatchInfo? _error;
    private bool _isAtEnd;
    private long _read;
    private AheadRow _current = rows[0];

    public override DataViewSchema Schema => schema;

    public override long Batch => IsOnRow ? _current.Batch : source.Batch;

    public override bool IsColumnActive(DataViewSchema.Column column) => _current.Has(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) =>
    {
        Channel.Check(IsOnRow, "The cursor does not stand on a row.");
        id = _current.Id;
    };

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        var getters = Array.ConvertAll(rows, row => row.GetGetter<TValue>(column));
        return (ref value) => getters[Position % getters.Length](ref value);
    }

    protected override bool Advance()
    {
        var next = Position + 1;
        while (_read < Math.Min(2 * next + 1, next + rows.Length) && TryRead())
        {
        }

        if (next == _read)
        {
            _error?.Throw();
            return false;
        }

        _work.Await(next);
        _current = rows[next % rows.Length];
        _current.ThrowIfFailed();
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _work.Dispose();
            Array.ForEach(rows, row => row.Dispose());
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool TryRead()
    {
        if (_isAtEnd || _error is not null)
            return false;
        try
        {
            _isAtEnd = !source.MoveNext();
        }
        catch (Exception exception)
        {
            _error = ExceptionDispatchInfo.Capture(exception);
        }

        if (_isAtEnd || _error is not null)
            return false;
        rows[_read % rows.Length].Read();
        _work.Order();
        _read++;
        return true;
    }
}
