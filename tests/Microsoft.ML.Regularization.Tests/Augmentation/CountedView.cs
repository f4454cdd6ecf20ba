using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Augmentation;

/// <summary>The rows of a view, read in one order, that counts the cursors that are not disposed of.</summary>
internal sealed class CountedView(IDataView rows) : IDataView
{
    private int _open;

    public int OpenCursors => Volatile.Read(ref _open);

    public int Opened { get; private set; }

    public DataViewSchema Schema => rows.Schema;

    public bool CanShuffle => false;

    public long? GetRowCount() => rows.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, rows.GetRowCursor(columnsNeeded));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    private sealed class Cursor : DataViewRowCursor
    {
        private readonly CountedView _view;
        private readonly DataViewRowCursor _rows;
        private bool _isClosed;

        public Cursor(CountedView view, DataViewRowCursor rows)
        {
            (_view, _rows) = (view, rows);
            view.Opened++;
            Interlocked.Increment(ref view._open);
        }

        public override DataViewSchema Schema => _rows.Schema;

        public override long Position => _rows.Position;

        public override long Batch => _rows.Batch;

        public override bool MoveNext()
        {
            Assert.IsFalse(_isClosed);
            return _rows.MoveNext();
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _rows.IsColumnActive(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => _rows.GetIdGetter();

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _rows.GetGetter<TValue>(column);

        protected override void Dispose(bool disposing)
        {
            if (!_isClosed)
                Interlocked.Decrement(ref _view._open);
            _isClosed = true;
            _rows.Dispose();
            base.Dispose(disposing);
        }
    }
}
