using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Augments rows that take time, such as photographs, on the threads of the calling thread's team, ahead of who reads them.</summary>
internal static class AheadRows
{
    /// <summary>
    /// Numbers of a vector from which a row pays for another thread: it is copied once more on its way there and once on its way back.
    /// </summary>
    public const int LeastLength = 1 << 14;

    // One is worked on, one waits.
    private const int RowsOfThread = 2;

    /// <summary>A cursor over a view's rows that is ahead of its reader; null where rows are better made one by one.</summary>
    public static DataViewRowCursor? TryOpen(AugmentedView view, IReadOnlyList<DataViewSchema.Column> columns, Random? random) =>
        ThreadTeam.Current.Size is > 1 and var threads && Chain(view, columns).Exists(link => link.Columns.Any(column => TakesTime(link.View, column)))
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
    public static AheadCursor? TryOpen(AugmentedView view, IReadOnlyList<DataViewSchema.Column> columns, Random? random, int threads)
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
            while (rows.Count < RowsOfThread * threads)
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
    private static List<(AugmentedView View, IReadOnlyList<DataViewSchema.Column> Columns)> Chain(AugmentedView view, IReadOnlyList<DataViewSchema.Column> columns)
    {
        var chain = new List<(AugmentedView View, IReadOnlyList<DataViewSchema.Column> Columns)>();
        for (IDataView current = view; current is AugmentedView { ChangesEachAlone: true } augmented; current = augmented.Source)
        {
            chain.Add((augmented, columns));
            columns = [.. augmented.SourceColumns(columns)];
        }

        return chain;
    }

    private static bool TakesTime(AugmentedView view, DataViewSchema.Column column) =>
        view.Augmentation.ComputesAll && column.Type is VectorDataViewType { Size: >= LeastLength } && view.OutputOf(column) is not null;

    private static AheadRow Open(
        DataViewRowCursor source,
        IEnumerable<DataViewSchema.Column> needed,
        IEnumerable<(AugmentedView View, IReadOnlyList<DataViewSchema.Column> Columns)> chain,
        IEnumerable<DataViewSchema.Column> columns)
    {
        var row = new BufferedRow(source, needed);
        var augmented = SeekableRow.Of(row);
        foreach (var (view, active) in chain.Reverse())
            augmented = SeekableRow.Of(view.Seek(augmented, active));
        return new AheadRow(row, augmented, columns);
    }
}
