using System.Collections;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>The rows of a source without some of them, in its order.</summary>
/// <param name="env">The environment.</param>
/// <param name="source">The rows.</param>
/// <param name="skipped">For each row, by its number from 0, whether it is left out.</param>
internal sealed class SkippedRowsView(IHostEnvironment env, IDataView source, BitArray skipped) : DerivedView(source)
{
    public override bool CanShuffle => false;

    public override long? GetRowCount() => null;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(env, Source.GetRowCursor(columnsNeeded), skipped);

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => [GetRowCursor(columnsNeeded)];

    protected override DerivedView Rebind(IDataView source) => new SkippedRowsView(env, source, skipped);

    private sealed class Cursor(IChannelProvider provider, DataViewRowCursor input, BitArray skipped) : DerivedCursor(provider, input)
    {
        private int _row = -1;

        public override DataViewSchema Schema => Source.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) => Source.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Source.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => Source.GetIdGetter();

        protected override bool Advance()
        {
            while (Source.MoveNext())
            {
                if (!skipped[++_row])
                    return true;
            }

            return false;
        }
    }
}
