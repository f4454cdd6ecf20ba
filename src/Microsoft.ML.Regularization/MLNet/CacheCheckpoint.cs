using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Views that keep the rows that were read in memory, as <c>AppendCacheCheckpoint</c> does.</summary>
internal static class CacheCheckpoint
{
    public static IDataView Of(IHostEnvironment env, IDataView source) => new CacheDataView(env, source, prefetch: null);

    public static bool Is(IDataView view) => view is CacheDataView;
}
