using System.Runtime.CompilerServices;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>Follows a view to the views it reads from, and binds it to others.</summary>
internal static class Upstream
{
    /// <summary>The view itself, its source, that one's source and so on, as far as they can be told.</summary>
    public static IEnumerable<IDataView> Of(IDataView view)
    {
        for (var current = view; current is not null; current = SourceOf(current))
            yield return current;
    }

    /// <summary>The view's source; null where there is none, or where it cannot be told.</summary>
    public static IDataView? SourceOf(IDataView view) => view switch
    {
        DerivedView derived => derived.Source,
        IDataTransform transform => transform.Source,
        CacheDataView cache => CachedInput(cache),
        OpaqueDataView opaque => OpaqueSource(opaque),
        _ => CustomCode.SourceOf(view),
    };

    /// <summary>The same view of other rows of the same columns.</summary>
    /// <param name="env">The environment.</param>
    /// <param name="view">The view; its source can be told.</param>
    /// <param name="source">What it is to read from instead.</param>
    public static IDataView Rebind(IHostEnvironment env, IDataView view, IDataView source) => view switch
    {
        DerivedView derived => derived.On(source),
        CacheDataView => new NumberedRows(env, source),
        OpaqueDataView => source,
        _ => CustomCode.Rebind(env, view, source) ?? Rebind(env, (IDataTransform)view, source),
    };

    private static IDataTransform Rebind(IHostEnvironment env, IDataTransform transform, IDataView source)
    {
        try
        {
            return ApplyTransformUtils.ApplyTransformToData(env, transform, source);
        }
        catch (Exception exception) when (exception is InvalidOperationException or NotSupportedException or FormatException)
        {
            throw env.Except(
                exception, $"{transform.GetType().Name} cannot be bound to the rows of an epoch, which are augmented anew: put it before the augmentations.");
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_subsetInput")]
    private static extern ref readonly IDataView CachedInput(CacheDataView cache);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_source")]
    private static extern ref readonly IDataView OpaqueSource(OpaqueDataView opaque);
}
