using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks;

/// <summary>
/// Rows in one array, handed out as copies: the least that any source must do, so that what is measured is the augmentation. It can be read at
/// any row, as a cache can.
/// </summary>
internal sealed class MemoryView : IDataView, IRowSeekable
{
    private readonly float[] _features;
    private readonly int _size;
    private readonly string[] _texts;
    private readonly int _count;

    private MemoryView(int count, VectorDataViewType type, float[] features, string[] texts)
    {
        _count = count;
        _features = features;
        _size = type.Size;
        _texts = texts;
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", type);
        builder.AddColumn("Label", new KeyDataViewType(typeof(uint), 10));
        builder.AddColumn("Text", TextDataViewType.Instance);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    /// <summary>Rows of numbers between 0 and 1.</summary>
    public static MemoryView Of(int count, params int[] dimensions)
    {
        var type = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        var random = new Random(1);
        var features = new float[count * type.Size];
        for (var i = 0; i < features.Length; i++)
            features[i] = random.NextSingle();
        return new MemoryView(count, type, features, new string[count]);
    }

    /// <summary>Rows of text.</summary>
    public static MemoryView Of(string[] texts) =>
        new(texts.Length, new VectorDataViewType(NumberDataViewType.Single, 1), new float[texts.Length], texts);

    public long? GetRowCount() => _count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this, 0, 1);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [.. Enumerable.Range(0, n).Select(index => new Cursor(this, index, n))];

    public RowSeeker GetSeeker(Func<int, bool> predicate) => new Seeker(this);

    private Delegate GetGetter(int column, Func<long> position) => column switch
    {
        0 => (ValueGetter<VBuffer<float>>)((ref VBuffer<float> features) =>
        {
            var editor = VBufferEditor.Create(ref features, _size);
            _features.AsSpan((int)position() * _size, _size).CopyTo(editor.Values);
            features = editor.Commit();
        }),
        1 => (ValueGetter<uint>)((ref uint label) => label = (uint)(position() % 10) + 1),
        _ => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> text) => text = _texts[position()].AsMemory()),
    };

    // Cursors of a set take batches of rows in turn.
    private sealed class Cursor(MemoryView view, int index, int count) : DataViewRowCursor
    {
        private const int BatchRows = 4096;

        private long _position = -1;
        private long _row = (long)index * BatchRows - 1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => _row / BatchRows;

        public override bool MoveNext()
        {
            _position++;
            _row++;
            if (_row % BatchRows == 0 && _position > 0)
                _row += (long)(count - 1) * BatchRows;
            return _row < view._count;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_row, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ValueGetter<TValue>)view.GetGetter(column.Index, () => _row);
    }

    private sealed class Seeker(MemoryView view) : RowSeeker
    {
        private long _position = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveTo(long rowIndex)
        {
            _position = rowIndex;
            return rowIndex < view._count;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            (ValueGetter<TValue>)view.GetGetter(column.Index, () => _position);
    }
}
