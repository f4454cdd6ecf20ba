using System.Runtime.ExceptionServices;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>
/// A source's rows, read ahead in blocks, each with the outputs that a network gives for it. The first block is a single row and every other one twice as
/// long as the one before, up to a maximum: the first rows of a slow source are available at once.
/// </summary>
internal sealed class LookAheadCursor : BufferedCursor, INetworkOutputs
{
    // Work for eight threads, and room for what a network in libtorch keeps of them meanwhile.
    private const int MaxRows = 768;
    private const int MaxFloats = 1 << 20;

    private readonly DataViewRowCursor _source;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly Dictionary<int, BufferedColumn> _columns;
    private readonly BufferedOutputs _outputs;
    private readonly RowBuffer[] _buffers;
    private readonly int _maxRows;
    private DataViewRowId[] _ids = [];
    private long[] _batches = [];
    private ExceptionDispatchInfo? _error;
    private bool _isAtEnd;
    private int _count;
    private int _row;

    /// <param name="provider">For messages.</param>
    /// <param name="network">The network.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="source">The rows; the cursor disposes of them.</param>
    /// <param name="columns">The columns to give out, by their values.</param>
    public LookAheadCursor(
        IChannelProvider provider, TrainedNetwork network, InputColumns inputs, DataViewRowCursor source, IEnumerable<DataViewSchema.Column> columns)
        : base(provider)
    {
        _source = source;
        _idGetter = source.GetIdGetter();
        _columns = BufferedColumn.Of(source, columns);
        _outputs = new BufferedOutputs(Channel, network, inputs, source);
        _buffers = [.. _columns.Values, _outputs];
        _maxRows = network.Scorer is ISparseScorer ? MaxRows : Math.Clamp(MaxFloats / Math.Max(1, inputs.Layout.Width), 1, MaxRows);
    }

    public override DataViewSchema Schema => _source.Schema;

    public override long Batch => IsOnRow ? _batches[_row] : _source.Batch;

    public ReadOnlySpan<float> Outputs
    {
        get
        {
            Channel.Check(IsOnRow, "The cursor does not stand on a row.");
            return _outputs.Current;
        }
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.ContainsKey(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) =>
    {
        Channel.Check(IsOnRow, "The cursor does not stand on a row.");
        id = _ids[_row];
    };

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => BufferedColumn.GetterOf<TValue>(_columns, column);

    protected override bool Advance()
    {
        _row++;
        if (_row >= _count && !ReadBlock())
            return false;

        foreach (var buffer in _buffers)
            buffer.Row = _row;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _source.Dispose();
        base.Dispose(disposing);
    }

    // A block ends early at a row that cannot be read, because its error belongs to that row.
    private bool ReadBlock()
    {
        _error?.Throw();
        Reserve(Math.Clamp(2 * _count, 1, _maxRows));
        (_row, _count) = (0, 0);
        while (_count < _ids.Length && TryMoveSource() && TryReadRow(_count++))
        {
        }

        _outputs.Score(_count);
        if (_count == 0)
            _error?.Throw();
        return _count > 0;
    }

    private void Reserve(int rows)
    {
        foreach (var buffer in _buffers)
            buffer.Clear();
        if (rows <= _ids.Length)
            return;

        foreach (var buffer in _buffers)
            buffer.Reserve(rows);
        (_ids, _batches) = (new DataViewRowId[rows], new long[rows]);
    }

    private bool TryMoveSource()
    {
        try
        {
            _isAtEnd = _isAtEnd || !_source.MoveNext();
        }
        catch (Exception exception)
        {
            _error = ExceptionDispatchInfo.Capture(exception);
            return false;
        }

        return !_isAtEnd;
    }

    private bool TryReadRow(int row)
    {
        _idGetter(ref _ids[row]);
        _batches[row] = _source.Batch;
        var isRead = true;
        foreach (var buffer in _buffers)
            isRead &= buffer.TryRead(row);
        return isRead;
    }
}
