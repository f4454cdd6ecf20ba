using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>The source's rows and a boolean column that tells which are held out.</summary>
internal class HoldOutView : DerivedView
{
    private readonly IHostEnvironment _env;
    private readonly Func<DataViewRowId, bool> _isHeldOut;

    private HoldOutView(IHostEnvironment env, IDataView source, Func<DataViewRowId, bool> isHeldOut)
        : base(source)
    {
        _env = env;
        _isHeldOut = isHeldOut;
        var builder = new DataViewSchema.Builder();
        builder.AddColumns(source.Schema);
        builder.AddColumn(HoldOutOptions.MarkColumnName, BooleanDataViewType.Instance);
        Schema = builder.ToSchema();
    }

    /// <summary>A view over <paramref name="source"/> that can be read at any row where the source can.</summary>
    public static HoldOutView Create(IHostEnvironment env, IDataView source, Func<DataViewRowId, bool> isHeldOut) =>
        source is IRowSeekable seekable ? new SeekableView(env, source, seekable, isHeldOut) : new HoldOutView(env, source, isHeldOut);

    /// <summary>Such a view, with a share of the rows held out by chance.</summary>
    public static HoldOutView Create(IHostEnvironment env, IDataView source, double fraction, int seed)
    {
        var key = RandomKey.FromSeed(seed).Derive("hold out");
        return Create(env, source, id => new KeyedStream(key, id).NextDouble() < fraction);
    }

    public override DataViewSchema Schema { get; }

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        return new Cursor(this, Source.GetRowCursor(InSource(columns), rand), IsMarkAmong(columns));
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var columns = columnsNeeded.ToList();
        return Array.ConvertAll(
            Source.GetRowCursorSet(InSource(columns), n, rand),
            cursor => (DataViewRowCursor)new Cursor(this, cursor, IsMarkAmong(columns)));
    }

    private bool IsMarkAmong(List<DataViewSchema.Column> columns) => columns.Exists(column => column.Index == Source.Schema.Count);

    private bool IsMark(DataViewSchema.Column column) => column.Index == Source.Schema.Count;

    private ValueGetter<TValue> GetMarkGetter<TValue>(DataViewRow source)
    {
        var idGetter = source.GetIdGetter();
        DataViewRowId id = default;
        ValueGetter<bool> getter = (ref bool isHeldOut) =>
        {
            idGetter(ref id);
            isHeldOut = _isHeldOut(id);
        };
        return getter as ValueGetter<TValue> ?? throw _env.Except($"Column '{HoldOutOptions.MarkColumnName}' holds {typeof(bool)}, not {typeof(TValue)}.");
    }

    private sealed class Cursor(HoldOutView view, DataViewRowCursor input, bool isMarkActive) : SynchronizedCursorBase(view._env, input)
    {
        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            view.IsMark(column) ? isMarkActive : Input.IsColumnActive(Input.Schema[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            view.IsMark(column) ? view.GetMarkGetter<TValue>(Input) : Input.GetGetter<TValue>(Input.Schema[column.Index]);
    }

    private sealed class SeekableView(IHostEnvironment env, IDataView source, IRowSeekable seekable, Func<DataViewRowId, bool> isHeldOut)
        : HoldOutView(env, source, isHeldOut), IPassSeekable
    {
        public RowSeeker GetSeeker(Func<int, bool> predicate) => GetSeeker(predicate, rand: null);

        public RowSeeker GetSeeker(Func<int, bool> predicate, Random? rand) =>
            new Seeker(this, IPassSeekable.GetSeeker(seekable, predicate, rand), predicate(Source.Schema.Count));
    }

    private sealed class Seeker(HoldOutView view, RowSeeker input, bool isMarkActive) : RowSeeker
    {
        public override DataViewSchema Schema => view.Schema;

        public override long Position => input.Position;

        public override long Batch => input.Batch;

        public override bool MoveTo(long rowIndex) => input.MoveTo(rowIndex);

        public override ValueGetter<DataViewRowId> GetIdGetter() => input.GetIdGetter();

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            view.IsMark(column) ? isMarkActive : input.IsColumnActive(input.Schema[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            view.IsMark(column) ? view.GetMarkGetter<TValue>(input) : input.GetGetter<TValue>(input.Schema[column.Index]);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                input.Dispose();
            base.Dispose(disposing);
        }
    }
}
