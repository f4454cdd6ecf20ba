using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Shared parts of augmentations that give each row to one of several others.</summary>
internal static class Choices
{
    /// <param name="choices">The others, whatever their number.</param>
    /// <param name="context">Makes the error.</param>
    /// <param name="name">The name of the augmentation that chooses among them.</param>
    public static void Validate(IReadOnlyList<AugmentationOptions> choices, IExceptionContext context, string name)
    {
        foreach (var choice in choices)
        {
            if (choice is null)
                throw context.ExceptUserArg($"{name}Options", $"{name} must not hold null.");
            choice.Validate(context);
            if (choice.SeedOfDraws is { } seed)
            {
                throw context.ExceptUserArg("Seed", string.Create(
                    CultureInfo.InvariantCulture, $"{choice.Name} within {name} has Seed {seed}, but its draws are those of {name}: set that Seed instead."));
            }

            if (choice.WritesCopies)
            {
                throw context.ExceptUserArg(
                    "Copies", $"{choice.Name} within {name} must have no Copies: whether a row is changed at all is what {name} decides.");
            }
        }
    }

    /// <summary>All columns that one of them changes, as it changes them.</summary>
    public static SchemaShape TrainingShape(IReadOnlyList<AugmentationOptions> choices, IExceptionContext context, SchemaShape input)
    {
        var columns = input.ToDictionary(column => column.Name);
        foreach (var choice in choices)
        {
            foreach (var column in choice.GetTrainingShape(context, input))
            {
                if (!input.TryFindColumn(column.Name, out var before) || column.GetTypeString() != before.GetTypeString())
                    columns[column.Name] = column;
            }
        }

        return new SchemaShape(columns.Values);
    }

    /// <param name="choices">The others, whatever their number.</param>
    /// <param name="env">For errors.</param>
    /// <param name="source">The rows.</param>
    /// <param name="name">The name of the augmentation that chooses among them.</param>
    /// <param name="probabilities">That of each; what they leave to 1 is that of none.</param>
    public static RowAugmentation Bind(
        IReadOnlyList<AugmentationOptions> choices, IHostEnvironment env, IDataView source, string name, params double[] probabilities)
    {
        var sum = 0.0;
        var bounds = Array.ConvertAll(probabilities, probability => sum += probability);
        if (sum > 1 - 1e-9)
            bounds[^1] = 1;
        return new ChoiceAugmentation(env, name, [.. choices.Select(choice => choice.IsIdentity ? new Unchanged() : choice.Bind(env, source))], bounds);
    }
}
