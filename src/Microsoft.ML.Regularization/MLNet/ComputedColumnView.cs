using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>The source's rows and a computed column, in place of that of its name or behind all others.</summary>
internal class ComputedColumnView : DerivedView
{
    private readonly IHostEnvironment _env;
    private readonly int _index;

    private ComputedColumnView(IHostEnvironment env, IDataView source, ComputedColumn column)
        : base(source)
    {
        _env = env;
        Column = column;
        _index = source.Schema.GetColumnOrNull(column.Name)?.Index ?? source.Schema.Count;
        var builder = new DataViewSchema.Builder();
        foreach (var own in source.Schema)
        {
            if (own.Index == _index)
                builder.AddColumn(column.Name, column.Type);
            else
                builder.AddColumn(own.Name, own.Type, own.Annotations);
        }

        if (_index == source.Schema.Count)
            builder.AddColumn(column.Name, column.Type);
        Schema = builder.ToSchema();
    }

    /// <summary>The computed column.</summary>
    public ComputedColumn Column { get; }

    public override DataViewSchema Schema { get; }

    /// <summary>A view over <paramref name="source"/> that can be read at any row where the source can.</summary>
    public static ComputedColumnView Create(IHostEnvironment env, IDataView source, ComputedColumn column) =>
        SeekableRow.IsIn(source) ? new SeekableView(env, source, column) : new ComputedColumnView(env, source, column);

    protected override DerivedView Rebind(IDataView source) => Create(_env, source, Column);

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        var (columns, isActive) = Prepare(columnsNeeded);
        return new Cursor(this, Source.GetRowCursor(columns, rand), isActive);
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        var (columns, isActive) = Prepare(columnsNeeded);
        return Array.ConvertAll(Source.GetRowCursorSet(columns, n, rand), cursor => (DataViewRowCursor)new Cursor(this, cursor, isActive));
    }

    /// <summary>What must be active in the source, and whether the computed column is needed, which then is ready.</summary>
    private (List<DataViewSchema.Column> Columns, bool IsActive) Prepare(IEnumerable<DataViewSchema.Column> columnsNeeded)
    {
        FittedRows?.NoteReading();
        var columns = columnsNeeded.ToList();
        if (!columns.Exists(IsComputed))
            return (InSource(columns), false);

        Column.Learn();
        return ([.. InSource(columns).UnionBy(Column.Reads.Select(name => Source.Schema[name]), column => column.Index)], true);
    }

    private bool IsComputed(DataViewSchema.Column column) => column.Index == _index;

    private ValueGetter<TValue> GetComputedGetter<TValue>(DataViewRow source, bool isActive)
    {
        _env.CheckParam(isActive, "column", "requested column not active");
        return Column.Bind(source) as ValueGetter<TValue> ?? throw _env.Except($"Column '{Column.Name}' holds {Column.Type}, not {typeof(TValue)}.");
    }

    private sealed class Cursor(ComputedColumnView view, DataViewRowCursor input, bool isActive) : SynchronizedCursorBase(view._env, input)
    {
        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            view.IsComputed(column) ? isActive : Input.IsColumnActive(Input.Schema[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            view.IsComputed(column) ? view.GetComputedGetter<TValue>(Input, isActive) : Input.GetGetter<TValue>(Input.Schema[column.Index]);
    }

    private sealed class SeekableView(IHostEnvironment env, IDataView source, ComputedColumn column) : ComputedColumnView(env, source, column), ISeekableView
    {
        public DerivedSeeker Seek(IReadOnlyList<DataViewSchema.Column> columns)
        {
            var (read, isActive) = Prepare(columns);
            return new Seeker(this, SeekableRow.Open(Source, read)!, isActive);
        }
    }

    private sealed class Seeker(ComputedColumnView view, SeekableRow input, bool isActive) : DerivedSeeker(input)
    {
        public override DataViewSchema Schema => view.Schema;

        public override bool IsColumnActive(DataViewSchema.Column column) =>
            view.IsComputed(column) ? isActive : Input.IsColumnActive(Input.Schema[column.Index]);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) =>
            view.IsComputed(column) ? view.GetComputedGetter<TValue>(Input, isActive) : Input.GetGetter<TValue>(Input.Schema[column.Index]);
    }
}
