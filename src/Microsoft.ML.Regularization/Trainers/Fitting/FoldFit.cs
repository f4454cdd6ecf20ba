using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Ensembles;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The part of a fit that splits rows into folds: see <see cref="NeuralNetworkOptions.Folds"/>.</summary>
internal static class FoldFit
{
    private const string Option = nameof(NeuralNetworkOptions.Folds);

    /// <summary>Refuses rows that no honest folds can be made of, or that no student can learn from, before any is read.</summary>
    /// <param name="setup">The trainer's.</param>
    /// <param name="view">The rows.</param>
    /// <param name="columns">Their columns.</param>
    /// <param name="validationSet">The fit's own validation rows; null for none.</param>
    /// <param name="previous">The network to continue from; null to start anew.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are such rows.</exception>
    public static void Check(TrainerSetup setup, IDataView view, TrainingColumns columns, IDataView? validationSet, TrainedNetwork? previous)
    {
        StudentCheck.CheckRows(setup, view, columns, goesOn: previous is not null);
        if (setup.Plan.Folds is not { } folds)
            return;
        if (validationSet is not null)
            throw Refusal("Fit was given validation rows, and each fold validates the networks of the others: leave one of them out");
        if (previous is not null)
            throw Refusal("training goes on from a model, which has seen rows that a fold would hold out: leave Folds out");
        if (columns.Mark is not null)
            throw Refusal($"HoldOut before the trainer holds rows out, and each fold validates the networks of the others: leave one of them out, and name groups in {nameof(NeuralNetworkOptions.SamplingKeyColumnName)}");
        if (Upstream.Of(view).OfType<AugmentedView>().FirstOrDefault() is { } augmented)
            throw Refusal($"{augmented.AugmentationName} before the trainer changes rows that a fold holds out, and may mix them into others: put it into the recipe's {nameof(RegularizationRecipe.Augmentations)}");

        Exception Refusal(string why) => setup.Host.ExceptUserArg(Option, string.Create(CultureInfo.InvariantCulture, $"{Option} is {folds}, but {why}."));
    }

    /// <summary>The settings with the numbers of two values that embeddings let pass, by all rows: all folds embed the same numbers, and mixtures have more values.</summary>
    public static TrainingSettings WithFlags(TrainingColumns columns, TrainingSet data, TrainingSettings settings) =>
        settings.Architecture.UsedEmbedding is not null ? settings with { Flags = [.. FlagSearch.NumbersOf(data, columns.Input.Layout, settings.Watch)] } : settings;

    /// <summary>The rows of each fold; none where there are no folds.</summary>
    /// <param name="setup">The trainer's.</param>
    /// <param name="channel">Receives messages.</param>
    /// <param name="view">The rows.</param>
    /// <param name="data">The same, read.</param>
    /// <param name="settings">Have the key of the random draws.</param>
    public static IReadOnlyList<FoldRows> Split(TrainerSetup setup, IChannel channel, IDataView view, TrainingSet data, TrainingSettings settings)
    {
        if (setup.Plan.Folds is not { } folds)
            return [];
        if (data.IsStreaming)
        {
            throw setup.Host.ExceptUserArg(Option, string.Create(
                CultureInfo.InvariantCulture,
                $"{Option} is {folds}, and all folds are of rows in memory, but these rows do not fit into it: set {nameof(DataCaching)} to {DataCaching.Memory}, or train ")
                + "without folds, which so many rows hardly need.");
        }

        try
        {
            var groups = setup.Options.SamplingKeyColumnName is { } name ? ReadGroups(view, name, data, settings.Watch) : [];
            return FoldSplit.Split(setup.Host, channel, data, folds, groups, settings.Key.Derive("folds"));
        }
        catch (OperationCanceledException) when (settings.Watch.Interruption is { } reason)
        {
            throw settings.Watch.Nothing(reason, "while the rows were split into folds");
        }
    }

    // Rows that could not be used are among those of the view, and not among those that were read.
    private static List<ulong?> ReadGroups(IDataView view, string name, TrainingSet data, FitWatch watch)
    {
        var groups = new Dictionary<DataViewRowId, ulong?>();
        using (var cursor = view.GetRowCursor([view.Schema[name]]))
        {
            var reader = new HashedColumn(view.Schema[name]).Bind(cursor);
            var idGetter = cursor.GetIdGetter();
            DataViewRowId id = default;
            while (cursor.MoveNext())
            {
                watch.ThrowIfInterrupted();
                idGetter(ref id);
                groups[id] = reader(out var group) ? group : null;
            }
        }

        return [.. data.Rows.RowIds.Select(id => groups[id])];
    }
}
