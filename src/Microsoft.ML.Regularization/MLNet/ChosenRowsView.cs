using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Some rows of a view, in an order of their own; their ids are those that they have there.</summary>
/// <param name="env">The environment.</param>
/// <param name="source">Rows that can be read at any place, as those of a cache can.</param>
/// <param name="rows">The numbers of the chosen ones, from 0.</param>
internal sealed class ChosenRowsView(IHostEnvironment env, IDataView source, IReadOnlyList<int> rows) : DerivedView(source)
{
    public override bool CanShuffle => false;

    public override long? GetRowCount() => rows.Count;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        return new Cursor(env, rows, SeekableRow.Open(Source, columns)!, columns);
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    protected override DerivedView Rebind(IDataView source) => new ChosenRowsView(env, source, rows);

    private sealed class Cursor(IChannelProvider provider, IReadOnlyList<int> rows, SeekableRow row, IEnumerable<DataViewSchema.Column> columns) : BufferedCursor(provider)
    {
        private readonly HashSet<int> _active = [.. columns.Select(column => column.Index)];

        public override DataViewSchema Schema => row.Row.Schema;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => row.Row.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => row.Row.GetIdGetter();

        protected override bool Advance() => Position + 1 < rows.Count && row.MoveTo(rows[(int)Position + 1]);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                row.Dispose();
            base.Dispose(disposing);
        }
    }
}
