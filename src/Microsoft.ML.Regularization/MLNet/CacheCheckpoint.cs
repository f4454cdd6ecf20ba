using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Views that keep the rows that were read in memory, as <c>AppendCacheCheckpoint</c> does.</summary>
internal static class CacheCheckpoint
{
    public static IDataView Of(IHostEnvironment env, IDataView source) => new CacheDataView(env, source, prefetch: null);

    /// <summary>Whether the values of all these columns can be kept, which those of images cannot.</summary>
    public static bool Holds(IEnumerable<DataViewSchema.Column> columns) => DataViewUtils.AllCacheable(columns);

    public static bool Is(IDataView view) => view is CacheDataView;
}
