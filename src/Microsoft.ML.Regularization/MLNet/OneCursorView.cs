using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>
/// The rows of a transform of ML.NET's, read on the thread that asks. By itself such a transform reads them on threads of its own, which a cursor that is
/// abandoned, and not disposed, keeps waiting for ever.
/// </summary>
/// <param name="source">The rows before the transform.</param>
/// <param name="map">The transform.</param>
internal sealed class OneCursorView(IDataView source, Func<IDataView, IDataTransform> map) : DerivedView(source), IDataTransform
{
    private readonly IDataTransform _rows = map(source);

    public override DataViewSchema Schema => _rows.Schema;

    public override DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        _rows.GetRowCursorSet(columnsNeeded, 1, CanShuffle ? rand : null)[0];

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [GetRowCursor(columnsNeeded, rand)];

    protected override DerivedView Rebind(IDataView source) => new OneCursorView(source, map);

    void ICanSaveModel.Save(ModelSaveContext ctx) => _rows.Save(ctx);
}
