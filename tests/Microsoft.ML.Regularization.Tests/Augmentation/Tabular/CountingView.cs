namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

/// <summary>Counts how often its rows are read.</summary>
internal sealed class CountingView(IDataView source) : DerivedView(source)
{
    private int _cursors;
    private int _sets;

    /// <summary>Cursors that were opened one by one.</summary>
    public int Cursors => _cursors;

    /// <summary>Sets of cursors that were opened.</summary>
    public int Sets => _sets;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        Interlocked.Increment(ref _cursors);
        return base.GetRowCursor(columnsNeeded, rand);
    }

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        Interlocked.Increment(ref _sets);
        return base.GetRowCursorSet(columnsNeeded, n, rand);
    }

    protected override DerivedView Rebind(IDataView source) => new CountingView(source);
}
