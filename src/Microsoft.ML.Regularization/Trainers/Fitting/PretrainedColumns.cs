using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Pretrained;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>The columns of a fit that starts from weights of a pre-training of one's own: they must be those of the pre-training.</summary>
internal static class PretrainedColumns
{
    private const string Option = nameof(NeuralNetworkOptions.Pretrained);

    /// <summary>The columns with their keys translated to those of the pre-training; the same where there was none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The columns are others; the message names what differs.</exception>
    public static TrainingColumns In(TrainerSetup setup, TrainingColumns columns, DataViewSchema schema)
    {
        if (setup.Options.Pretrained is not { Made.Origin: { } origin } weights)
            return columns;
        if (origin.Input.HasColumnsOf(columns.Input.Layout))
            columns = columns.In(setup.Host, schema, new NetworkKeys(columns.Keys.Label, origin.Keys.Inputs), new KeyTranslation("the training set", "the pre-training", Option));
        var difference = DifferenceOf(origin.Input, columns.Input.Layout) ?? SlotDifference(origin, columns);
        return difference is null ? columns : throw setup.Host.ExceptUserArg(Option, $"Pretrained is {weights.Place}, but {difference}.");
    }

    private static string? DifferenceOf(InputLayout theirs, InputLayout ours)
    {
        if (theirs == ours)
            return null;
        if (theirs.Text != ours.Text || theirs.Numbers != ours.Numbers)
            return $"pre-training read {theirs}, and the training set has {ours}";
        var (before, now) = (Names(theirs), Names(ours));
        if (!before.SequenceEqual(now))
            return $"pre-training read the categories {string.Join(", ", before)}, and the training set has {(now.Count == 0 ? "none" : string.Join(", ", now))}, in this order";
        var (first, second) = theirs.Categories.Zip(ours.Categories).First(pair => pair.First != pair.Second);
        return $"pre-training read {first}, and the training set has {second}";

        static List<string> Names(InputLayout layout) => [.. layout.Categories.Select(category => $"'{category.ColumnName}'")];
    }

    private static string? SlotDifference(PretrainingOrigin origin, TrainingColumns columns)
    {
        if (origin.SlotNames is not { } before || columns.Input.Features is not { } features || SlotNames.Read(features) is not { } now)
            return null;
        var slot = before.Zip(now).Index().FirstOrDefault(names => names.Item.First != names.Item.Second, (-1, default));
        return slot.Index < 0 ? null : $"slot {slot.Index} of column '{features.Name}' was '{slot.Item.First}' in pre-training and is '{slot.Item.Second}' now";
    }
}
