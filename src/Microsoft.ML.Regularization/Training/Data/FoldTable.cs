using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The augmented training rows of one fold, read anew in every epoch; the rows that it holds out are neither changed nor mixed into others.</summary>
/// <param name="view">Augments the rows.</param>
/// <param name="table">Room for the rows.</param>
/// <param name="watch">Ends the reading with the fit.</param>
/// <param name="isHeldOut">Tells which rows the fold holds out.</param>
internal sealed class FoldTable(TrainingView view, RowTable table, ReadingWatch watch, Func<DataViewRowId, bool> isHeldOut)
{
    private (int Epoch, bool IsMixed)? _moment;

    public RowTable Table => table;

    /// <summary>The table of a fold; null where nothing augments its rows.</summary>
    /// <param name="set">All rows.</param>
    /// <param name="heldOut">The rows that the fold holds out, by their places.</param>
    public static FoldTable? Open(TrainingSet set, IEnumerable<int> heldOut)
    {
        var ids = heldOut.Select(row => set.Rows.RowIds[row]).ToHashSet();
        return set.AugmentAllBut(ids.Contains) is not { } view ? null
            : new FoldTable(view, new RowTable(set.FeatureCount, set.Target.TargetSize, set.IsSparse), set.Watch, ids.Contains);
    }

    /// <summary>Reads the rows of an epoch, unless they are there.</summary>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public void Read(int epoch, bool isMixed)
    {
        if (_moment == (epoch, isMixed) || (_moment is not null && !view.DrawsAnew))
            return;
        _moment = null;
        table.Clear();
        using var reader = view.Open(epoch, isMixed).Begin(watch, row => !isHeldOut(row.Id));
        while (reader.MoveNext())
            table.Add(reader);
        _moment = (epoch, isMixed);
    }
}
