using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks;

/// <summary>A table, with labels of two and of ten classes, that is made while it is read, as many rows as asked for: its rows take no memory.</summary>
internal sealed class TableRows : IDataView
{
    private const int Classes = 10;

    private readonly long _count;
    private readonly int _features;

    public TableRows(long count, int features)
    {
        (_count, _features) = (count, features);
        var builder = new DataViewSchema.Builder();
        builder.AddColumn("Features", new VectorDataViewType(NumberDataViewType.Single, features));
        builder.AddColumn("Label", BooleanDataViewType.Instance);
        builder.AddColumn("Class", new KeyDataViewType(typeof(uint), Classes));
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => false;

    public long? GetRowCount() => _count;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => new Cursor(this);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [new Cursor(this)];

    // Vigna's splitmix64: a number for each row and feature.
    private static float Value(long row, int feature)
    {
        var bits = ((ulong)row << 10 | (uint)feature) * 0x9E3779B97F4A7C15;
        bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ bits >> 27) * 0x94D049BB133111EB;
        return (bits >> 40) / (float)(1 << 24) - 0.5f;
    }

    private sealed class Cursor(TableRows rows) : DataViewRowCursor
    {
        private long _position = -1;

        public override DataViewSchema Schema => rows.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext() => ++_position < rows._count;

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Name switch
            {
                "Features" => (ValueGetter<VBuffer<float>>)GetFeatures,
                "Label" => (ValueGetter<bool>)((ref label) => label = Value(_position, 0) + Value(_position, 1) > 0),
                _ => (ValueGetter<uint>)((ref label) => label = 1 + (uint)(Classes * (Value(_position, 0) + Value(_position, 1) + 1) / 2) % Classes),
            };
            return (ValueGetter<TValue>)getter;
        }

        private void GetFeatures(ref VBuffer<float> features)
        {
            var editor = VBufferEditor.Create(ref features, rows._features);
            for (var i = 0; i < rows._features; i++)
                editor.Values[i] = Value(_position, i);
            features = editor.Commit();
        }
    }
}
