namespace Microsoft.ML.Regularization.MLNet;

/// <summary>A lazy view over another one, whose source can be found again by who follows the views upstream.</summary>
internal abstract class DerivedView(IDataView source) : IDataView
{
    public IDataView Source { get; } = source;

    /// <summary>Called when rows are read; null if that is not needed.</summary>
    public FittedRows? FittedRows { get; set; }

    public virtual DataViewSchema Schema => Source.Schema;

    public virtual bool CanShuffle => Source.CanShuffle;

    public virtual long? GetRowCount() => Source.GetRowCount();

    public virtual DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        Source.GetRowCursor(columnsNeeded, rand);

    public virtual DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        Source.GetRowCursorSet(columnsNeeded, n, rand);

    /// <summary>The same view of other rows of the same columns.</summary>
    public DerivedView On(IDataView source)
    {
        var view = Rebind(source);
        view.FittedRows = FittedRows;
        return view;
    }

    /// <inheritdoc cref="On"/>
    protected abstract DerivedView Rebind(IDataView source);

    /// <summary>
    /// What must be active in the source for <paramref name="columns"/> to be read here. A derived view keeps its source's columns in their
    /// places and appends its own.
    /// </summary>
    protected List<DataViewSchema.Column> InSource(IEnumerable<DataViewSchema.Column> columns) =>
        [.. columns.Where(column => column.Index < Source.Schema.Count).Select(column => Source.Schema[column.Index])];
}
