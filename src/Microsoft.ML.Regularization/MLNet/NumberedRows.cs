using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>
/// A source's rows as a cache of it would give them, whose ids are their numbers from 0. They are kept in memory only where somebody wants them shuffled.
/// </summary>
internal sealed class NumberedRows(IHostEnvironment env, IDataView source) : DerivedView(source)
{
    public override bool CanShuffle => true;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        rand is null ? new Cursor(env, Source.GetRowCursor(columnsNeeded)) : CacheCheckpoint.Of(env, Source).GetRowCursor(columnsNeeded, rand);

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    protected override DerivedView Rebind(IDataView source) => new NumberedRows(env, source);

    private sealed class Cursor(IChannelProvider provider, DataViewRowCursor input) : DerivedCursor(provider, input)
    {
        public override DataViewSchema Schema => Source.Schema;

        public override long Batch => 0;

        public override bool IsColumnActive(DataViewSchema.Column column) => Source.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => Source.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)Position, 0);

        protected override bool Advance() => Source.MoveNext();
    }
}
