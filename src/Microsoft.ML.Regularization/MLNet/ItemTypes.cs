using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>What the values of a column are.</summary>
internal static class ItemTypes
{
    /// <summary>The type of a vector's items, or the type itself.</summary>
    public static DataViewType ItemType(this DataViewType type) => type.GetItemType();

    /// <summary>How many values a key has.</summary>
    /// <exception cref="InvalidOperationException">There are more than an array can hold.</exception>
    public static int ValueCount(this KeyDataViewType key, IExceptionContext context) => key.GetCountAsInt32(context);
}
