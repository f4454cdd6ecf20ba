using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests;

/// <summary>Rows like those of <see cref="Example"/>, made while they are read, as many as asked for; they allocate nothing.</summary>
internal sealed class GeneratedView : IDataView
{
    private static readonly ReadOnlyMemory<char>[] Sentences =
        [.. new[] { "a big dog", "Happy people run home.", "nothing new", "one more line of text" }.Select(text => text.AsMemory())];

    private readonly long _count;
    private int _openCursors;

    public GeneratedView(long count)
    {
        _count = count;
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(nameof(Example.Features), new VectorDataViewType(NumberDataViewType.Single, Example.FeatureCount));
        builder.AddColumn(nameof(Example.Label), new KeyDataViewType(typeof(uint), Example.ClassCount));
        builder.AddColumn(nameof(Example.Weight), NumberDataViewType.Single);
        builder.AddColumn(nameof(Example.Sentence), TextDataViewType.Instance);
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    /// <summary>Told of every row that is read, by its number.</summary>
    public Action<long>? Read { get; init; }

    /// <summary>Cursors that are not disposed of.</summary>
    public int OpenCursors => Volatile.Read(ref _openCursors);

    public bool CanShuffle => false;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => Open();

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [Open()];

    private Cursor Open()
    {
        Interlocked.Increment(ref _openCursors);
        return new Cursor(this);
    }

    private sealed class Cursor(GeneratedView view) : DataViewRowCursor
    {
        private long _position = -1;
        private bool _isClosed;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        public override long Batch => 0;

        public override bool MoveNext()
        {
            _position++;
            view.Read?.Invoke(_position);
            return _position < view._count;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = new DataViewRowId((ulong)_position, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Name switch
            {
                nameof(Example.Features) => (ValueGetter<VBuffer<float>>)GetFeatures,
                nameof(Example.Label) => (ValueGetter<uint>)((ref uint label) => label = (uint)(_position % Example.ClassCount) + 1),
                nameof(Example.Weight) => (ValueGetter<float>)((ref float weight) => weight = 1),
                _ => (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> text) => text = Sentences[_position % Sentences.Length]),
            };
            return (ValueGetter<TValue>)getter;
        }

        protected override void Dispose(bool disposing)
        {
            if (!_isClosed)
                Interlocked.Decrement(ref view._openCursors);
            _isClosed = true;
            base.Dispose(disposing);
        }

        private void GetFeatures(ref VBuffer<float> features)
        {
            var editor = VBufferEditor.Create(ref features, Example.FeatureCount);
            for (var i = 0; i < Example.FeatureCount; i++)
                editor.Values[i] = (_position + i) % 7 - 3;
            features = editor.Commit();
        }
    }
}
