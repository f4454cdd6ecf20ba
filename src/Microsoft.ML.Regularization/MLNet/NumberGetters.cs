using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Reads numbers of whatever representation.</summary>
internal static class NumberGetters
{
    public static ValueGetter<double> GetNumberGetter(this DataViewRow row, DataViewSchema.Column column) =>
        RowCursorUtils.GetGetterAs<double>(NumberDataViewType.Double, row, column.Index);
}
