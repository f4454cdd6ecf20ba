using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>
/// A copy of the row that a cursor stood on when it was read last. A value that could not be read is an error only for who asks for it.
/// </summary>
internal sealed class BufferedRow : RowSeeker
{
    private readonly DataViewRowCursor _source;
    private readonly ValueGetter<DataViewRowId> _idGetter;
    private readonly Dictionary<int, BufferedColumn> _columns;
    private DataViewRowId _id;
    private long _position = -1;
    private long _batch;

    /// <param name="source">The cursor, which is not disposed of with this.</param>
    /// <param name="columns">Columns that are active in it, of values or vectors of values.</param>
    public BufferedRow(DataViewRowCursor source, IEnumerable<DataViewSchema.Column> columns)
    {
        _source = source;
        _idGetter = source.GetIdGetter();
        _columns = BufferedColumn.Of(source, columns);
    }

    public override DataViewSchema Schema => _source.Schema;

    public override long Position => _position;

    public override long Batch => _batch;

    /// <summary>Copies the cursor's current row.</summary>
    public void Read()
    {
        _idGetter(ref _id);
        (_position, _batch) = (_source.Position, _source.Batch);
        foreach (var column in _columns.Values)
            column.ReadOne();
    }

    /// <summary>The row is where it is.</summary>
    public override bool MoveTo(long rowIndex) => true;

    public override bool IsColumnActive(DataViewSchema.Column column) => _columns.ContainsKey(column.Index);

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = _id;

    /// <summary>A column whose values can be looked at where they are.</summary>
    public BufferedValues<TValue> Lend<TValue>(DataViewSchema.Column column) => (BufferedValues<TValue>)_columns[column.Index];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => BufferedColumn.GetterOf<TValue>(_columns, column);
}
