using System.Globalization;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Splitting;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Splits the rows of a set into folds: see <see cref="NeuralNetworkOptions.Folds"/>.</summary>
internal static class FoldSplit
{
    private const string Option = "Folds";

    /// <param name="host">Makes errors.</param>
    /// <param name="channel">Is warned of classes that a fold's networks do not see.</param>
    /// <param name="data">The rows, in memory.</param>
    /// <param name="folds">How many folds.</param>
    /// <param name="groups">Of each row its group; empty where there are none.</param>
    /// <param name="key">Of the random draws.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are too few rows, groups or classes.</exception>
    public static IReadOnlyList<FoldRows> Split(
        IHost host, IChannel channel, TrainingSet data, int folds, IReadOnlyList<ulong?> groups, RandomKey key)
    {
        var rows = data.Rows.Table.Count;
        var units = groups.Count == 0 ? rows : groups.Count(group => group is null) + groups.OfType<ulong>().Distinct().Count();
        if (units < folds)
        {
            throw host.ExceptUserArg(Option, string.Create(
                CultureInfo.InvariantCulture,
                $"{Option} is {folds}, but there are {(groups.Count == 0 ? $"{rows} training rows" : $"{units} groups of training rows")}: each fold needs one at least."));
        }

        var classes = Enumerable.Range(0, rows).Select(row => data.Target.StratumOf(data.Rows.Table.Label(row))).ToList();
        var foldOfRows = new FoldAssignment(folds, key).Deal(data.Rows.RowIds, classes, groups);
        return [.. Enumerable.Range(0, folds).Select(fold => Create(host, channel, data, foldOfRows, fold))];
    }

    private static FoldRows Create(IHost host, IChannel channel, TrainingSet data, int[] foldOfRows, int fold)
    {
        var all = Enumerable.Range(0, foldOfRows.Length);
        var rows = new FoldRows(data, [.. all.Where(row => foldOfRows[row] != fold)], [.. all.Where(row => foldOfRows[row] == fold)]);
        var (training, validation) = (rows.TrainingSummary, rows.ValidationSummary);
        if (!(training.WeightSum > 0) || !(validation.WeightSum > 0))
        {
            var those = training.WeightSum > 0 ? "the rows of" : "all rows but those of";
            throw host.ExceptUserArg(Option, $"{Option} is too large: {those} fold {fold + 1} have no weight.");
        }

        if (!IsLearnable(data, training))
        {
            throw host.ExceptUserArg(
                Option,
                $"{Option} is too large: column '{data.LabelColumnName}' has a single class, or a single number, in all rows but those of fold {fold + 1}, "
                + "of which its networks can learn nothing.");
        }

        if (Enumerable.Range(0, data.Target.ClassCount ?? 0).Any(k => data.TrainingSummary.Classes.Has(k) && !training.Classes.Has(k)))
            data.Target.CheckLabels(host, channel, data.LabelColumnName, training, validation);
        return rows;
    }

    private static bool IsLearnable(TrainingSet data, LabelSummary training) =>
        data.Target.ClassCount is null ? training.TargetScale.Deviation > 0 : training.Classes.Shown > 1;
}
