using Microsoft.ML.Data;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Images as rows. An image is decoded when it is read, on the thread that reads it; several cursors share the work.</summary>
internal sealed class ImageFolderView : IDataView
{
    private readonly ImageFile[] _files;

    public ImageFolderView(ImageFile[] files, ImageFolderOptions options)
    {
        _files = files;
        var builder = new DataViewSchema.Builder();
        builder.AddColumn(options.LabelColumnName, TextDataViewType.Instance);
        builder.AddColumn(options.PathColumnName, TextDataViewType.Instance);
        builder.AddColumn(options.ImageColumnName, new ImageDataViewType());
        Schema = builder.ToSchema();
    }

    public DataViewSchema Schema { get; }

    public bool CanShuffle => true;

    public long? GetRowCount() => _files.Length;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, ActiveColumns(columnsNeeded), Order(rand), first: 0, step: 1);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var (active, order) = (ActiveColumns(columnsNeeded), Order(rand));
        return [.. Enumerable.Range(0, Math.Clamp(n, 1, _files.Length)).Select(first => new Cursor(this, active, order, first, Math.Clamp(n, 1, _files.Length)))];
    }

    private bool[] ActiveColumns(IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        var active = new bool[Schema.Count];
        foreach (var column in columnsNeeded)
            active[column.Index] = true;
        return active;
    }

    private int[] Order(Random? rand)
    {
        var order = Enumerable.Range(0, _files.Length).ToArray();
        rand?.Shuffle(order);
        return order;
    }

    /// <summary>Every so many-th row of an order.</summary>
    private sealed class Cursor(ImageFolderView view, bool[] active, int[] order, int first, int step) : DataViewRowCursor
    {
        private long _position = -1;
        private bool _isDone;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _position;

        // Each row is a batch of its own, so that cursors of a set can be merged into the order again.
        public override long Batch => Place;

        private long Place => first + (_position * step);

        public override bool MoveNext()
        {
            _isDone |= first + ((_position + 1) * step) >= order.Length;
            if (_isDone)
                return false;

            _position++;
            return true;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => active[column.Index];

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref id) => id = new DataViewRowId((ulong)order[Place], 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            if (!active[column.Index])
                throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' was not asked for when the cursor was opened.");

            Delegate getter = column.Index switch
            {
                0 => (ValueGetter<ReadOnlyMemory<char>>)((ref label) => label = File.Label.AsMemory()),
                1 => (ValueGetter<ReadOnlyMemory<char>>)((ref path) => path = File.Path.AsMemory()),
                _ => (ValueGetter<MLImage?>)((ref image) =>
                {
                    image?.Dispose();
                    image = null;
                    image = File.Decode();
                }),
            };
            return getter as ValueGetter<TValue>
                ?? throw new ArgumentOutOfRangeException(nameof(column), $"Column '{column.Name}' is {column.Type}, not {typeof(TValue).Name}.");
        }

        private ImageFile File => view._files[order[Place]];
    }
}
