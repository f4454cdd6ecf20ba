using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>The column of marks where each row is decided by its id.</summary>
internal sealed class HoldOutColumn(Func<DataViewRowId, bool> isHeldOut) : ComputedColumn(HeldOutMark.ColumnName, BooleanDataViewType.Instance)
{
    public override Delegate Bind(DataViewRow row)
    {
        var idGetter = row.GetIdGetter();
        DataViewRowId id = default;
        return (ValueGetter<bool>)((ref mark) =>
        {
            idGetter(ref id);
            mark = isHeldOut(id);
        });
    }
}
