using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Training rows that are read apart from those of a set, anew in every epoch where they are augmented.</summary>
/// <param name="view">Where the rows come from.</param>
/// <param name="table">Room for the rows.</param>
/// <param name="watch">Ends the reading with the fit.</param>
/// <param name="isTrainedOn">Tells which rows are meant.</param>
internal sealed class FoldTable(TrainingView view, RowTable table, ReadingWatch watch, Func<RowReader, bool> isTrainedOn)
{
    private (int Epoch, bool IsMixed)? _moment;

    public RowTable Table => table;

    /// <summary>The augmented rows of a fold, of which those that it holds out are neither changed nor mixed into others; null where nothing augments them.</summary>
    /// <param name="set">All rows.</param>
    /// <param name="heldOut">The rows that the fold holds out, by their places.</param>
    public static FoldTable? Open(TrainingSet set, IEnumerable<int> heldOut)
    {
        var ids = heldOut.Select(row => set.Rows.RowIds[row]).ToHashSet();
        return set.AugmentAllBut(ids.Contains) is not { } view ? null
            : new FoldTable(view, new RowTable(set.FeatureCount, set.Target.TargetSize, set.IsSparse), set.Watch, row => !ids.Contains(row.Id));
    }

    /// <summary>The training rows of a set with other labels, which the augmentations then change and mix as they would the rows' own.</summary>
    /// <param name="set">All rows.</param>
    /// <param name="label">The labels, in a column of the name of the rows' own.</param>
    /// <param name="heldOut">Rows that are left out; null for those that the set validates on.</param>
    public static FoldTable Relabel(TrainingSet set, ComputedColumn label, IReadOnlySet<DataViewRowId>? heldOut)
    {
        var view = set.Augment(set.Plain.Relabel(label), heldOut is null ? null : heldOut.Contains);
        return new FoldTable(
            view, new RowTable(set.FeatureCount, set.Target.TargetSize, set.IsSparse), set.Watch, heldOut is null ? set.Split.IsTrainedOn : row => !heldOut.Contains(row.Id));
    }

    /// <summary>Reads the rows of an epoch, unless they are there.</summary>
    /// <exception cref="OperationCanceledException">The fit is to end.</exception>
    public void Read(int epoch, bool isMixed)
    {
        if (_moment == (epoch, isMixed) || (_moment is not null && !view.DrawsAnew))
            return;
        _moment = null;
        table.Clear();
        using var reader = view.Open(epoch, isMixed).Begin(watch, isTrainedOn);
        while (reader.MoveNext())
            table.Add(reader);
        _moment = (epoch, isMixed);
    }
}
