using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Rows of which one column has the values of other rows.</summary>
/// <param name="env">The environment.</param>
/// <param name="source">Rows that can be read at any place, as those of a cache can.</param>
/// <param name="column">The column.</param>
/// <param name="order">For each row the number of the one whose value it gets.</param>
internal sealed class ShuffledColumnView(IHostEnvironment env, IDataView source, string column, int[] order) : DerivedView(source)
{
    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        var others = columns.Exists(needed => needed.Name == column) ? SeekableRow.Open(Source, [Source.Schema[column]]) : null;
        return new Cursor(this, Source.GetRowCursor(columns), others);
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    protected override DerivedView Rebind(IDataView source) => new ShuffledColumnView(env, source, column, order);

    private ValueGetter<TValue> Getter<TValue>(DataViewRowCursor cursor, SeekableRow others)
    {
        var getter = others.Row.GetGetter<TValue>(others.Row.Schema[column]);
        return (ref value) =>
        {
            others.MoveTo(order[cursor.Position]);
            getter(ref value);
        };
    }

    private sealed class Cursor(ShuffledColumnView view, DataViewRowCursor input, SeekableRow? others) : SynchronizedCursorBase(view.Env, input)
    {
        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => Input.IsColumnActive(Input.Schema[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            others is not null && column.Name == view.ColumnName ? view.Getter<TValue>(Input, others) : Input.GetGetter<TValue>(Input.Schema[column.Index]);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                others?.Dispose();
            base.Dispose(disposing);
        }
    }

    private IHostEnvironment Env => env;

    private string ColumnName => column;
}
