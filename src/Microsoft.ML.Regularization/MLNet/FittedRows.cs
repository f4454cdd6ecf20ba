using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>
/// The rows that a chain has fitted a training-only transform on, and whether an estimator behind it has read what became of them. They are not kept
/// alive: a fitted model holds no training rows.
/// </summary>
internal sealed class FittedRows(IDataView rows)
{
    private readonly WeakReference<IDataView>[] _views = [.. OfSameRows(rows).Select(view => new WeakReference<IDataView>(view))];
    private volatile bool _wereRead;

    public bool WereRead => _wereRead;

    public void NoteReading() => _wereRead = true;

    /// <summary>Whether these are the rows.</summary>
    public bool Are(IDataView rows) => OfSameRows(rows).Any(IsMine);

    // A chain that has been fitted builds its views anew, over the rows that it is given.
    private static IEnumerable<IDataView> OfSameRows(IDataView rows)
    {
        foreach (var view in Upstream.Of(rows))
        {
            yield return view;
            if (view is not (DerivedView or CacheDataView or OpaqueDataView or IRowToRowMapper))
                yield break;
        }
    }

    private bool IsMine(IDataView view) => Array.Exists(_views, mine => mine.TryGetTarget(out var target) && ReferenceEquals(target, view));
}
