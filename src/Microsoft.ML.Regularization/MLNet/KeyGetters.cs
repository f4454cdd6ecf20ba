using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Reads keys of whatever representation, bytes to 64 bits, as 32 bits, of which there must not be more values. 0 is a missing one.</summary>
internal static class KeyGetters
{
    public static ValueGetter<uint> GetKeyGetter(this DataViewRow row, DataViewSchema.Column column) =>
        RowCursorUtils.GetGetterAs<uint>(NumberDataViewType.UInt32, row, column.Index);

    public static ValueGetter<VBuffer<uint>> GetKeysGetter(this DataViewRow row, DataViewSchema.Column column) =>
        RowCursorUtils.GetVecGetterAs<uint>(NumberDataViewType.UInt32, row, column.Index);
}
