using System.Runtime.CompilerServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>Follows a view to the views it reads from.</summary>
internal static class Upstream
{
    /// <summary>The view itself, its source, that one's source and so on, as far as they can be told.</summary>
    public static IEnumerable<IDataView> Of(IDataView view)
    {
        for (var current = view; current is not null; current = SourceOf(current))
            yield return current;
    }

    private static IDataView? SourceOf(IDataView view) => view switch
    {
        DerivedView derived => derived.Source,
        IDataTransform transform => transform.Source,
        CacheDataView cache => CachedInput(cache),
        OpaqueDataView opaque => OpaqueSource(opaque),
        _ => null,
    };

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_subsetInput")]
    private static extern ref readonly IDataView CachedInput(CacheDataView cache);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_source")]
    private static extern ref readonly IDataView OpaqueSource(OpaqueDataView opaque);
}
