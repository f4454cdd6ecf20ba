using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>The column of marks where the rows of a group share their fate, which nothing but the group's value decides.</summary>
internal sealed class GroupHoldOutColumn(HashedColumn groups, double fraction, HoldOutDraws draws)
    : ComputedColumn(HeldOutMark.ColumnName, BooleanDataViewType.Instance)
{
    public override IReadOnlyList<string> Reads { get; } = [groups.Name];

    public override Delegate Bind(DataViewRow row)
    {
        var groupReader = groups.Bind(row);
        var idGetter = row.GetIdGetter();
        DataViewRowId id = default;
        return (ValueGetter<bool>)((ref mark) =>
        {
            if (groupReader(out var group))
            {
                mark = draws.OfGroup(group) < fraction;
                return;
            }

            idGetter(ref id);
            mark = draws.OfRow(id) < fraction;
        });
    }
}
