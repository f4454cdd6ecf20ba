using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Augments rows that take time, such as photographs, on the threads of the calling thread's team, ahead of who reads them.</summary>
internal static class AheadRows
{
    /// <summary>
    /// Numbers of a vector from which a row pays for another thread: it is copied on its way back, and comes from another processor's cache.
    /// </summary>
    public const int LeastLength = 1 << 14;

    // Besides those that are worked on: the one that is read, and one that waits.
    private const int OtherRows = 2;

    /// <summary>A cursor over a view's rows that is ahead of its reader; null where rows are better made one by one.</summary>
    public static DataViewRowCursor? TryOpen(IRowwiseView view, IReadOnlyList<DataViewSchema.Column> columns, Random? random) =>
        ThreadTeam.Current.Size is > 1 and var threads
        && Chain(view, columns).Exists(link => link.Columns.Any(column => column.Type is VectorDataViewType { Size: >= LeastLength } && link.View.Computes(column)))
            ? TryOpen(view, columns, random, threads)
            : null;

    /// <summary>
    /// A cursor that applies all augmentations one behind another at once, whatever time they take; null where one depends on the rows before, or where there
    /// are images among the values, which cannot be copied.
    /// </summary>
    /// <param name="view">The rows.</param>
    /// <param name="columns">The columns to read.</param>
    /// <param name="random">Shuffles the source where it can.</param>
    /// <param name="threads">Threads that augment at the same time.</param>
    public static AheadCursor? TryOpen(IRowwiseView view, IReadOnlyList<DataViewSchema.Column> columns, Random? random, int threads)
    {
        columns = [.. columns.DistinctBy(column => column.Index)];
        var chain = Chain(view, columns);
        if (chain is not [.., var first])
            return null;
        DataViewSchema.Column[] needed = [.. first.View.SourceColumns(first.Columns)];
        if (!CacheCheckpoint.Holds(columns) || !CacheCheckpoint.Holds(needed))
            return null;

        var source = first.View.Source.GetRowCursor(needed, view.CanShuffle ? random : null);
        var rows = new List<AheadRow>();
        try
        {
            while (rows.Count < threads + OtherRows)
                rows.Add(Open(source, needed, chain, columns));
            return new AheadCursor(view.Environment, view.Schema, source, [.. rows], threads);
        }
        catch
        {
            rows.ForEach(row => row.Dispose());
            source.Dispose();
            throw;
        }
    }

    /// <summary>The view and those that it reads from, as far as they change each row by itself, with the columns that are read of them.</summary>
    private static List<(IRowwiseView View, IReadOnlyList<DataViewSchema.Column> Columns)> Chain(IRowwiseView view, IReadOnlyList<DataViewSchema.Column> columns)
    {
        var chain = new List<(IRowwiseView View, IReadOnlyList<DataViewSchema.Column> Columns)>();
        for (IDataView current = view; current is IRowwiseView { ChangesEachAlone: true } rows; current = rows.Source)
        {
            chain.Add((rows, columns));
            columns = [.. rows.SourceColumns(columns)];
        }

        return chain;
    }

    private static AheadRow Open(
        DataViewRowCursor source,
        IEnumerable<DataViewSchema.Column> needed,
        IEnumerable<(IRowwiseView View, IReadOnlyList<DataViewSchema.Column> Columns)> chain,
        IEnumerable<DataViewSchema.Column> columns)
    {
        var row = new BufferedRow(source, needed);
        var augmented = SeekableRow.Of(row);
        foreach (var (view, active) in chain.Reverse())
            augmented = SeekableRow.Of(view.Seek(augmented, active));
        return new AheadRow(row, augmented, columns);
    }
}
