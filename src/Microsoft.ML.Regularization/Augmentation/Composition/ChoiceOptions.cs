using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Options of an augmentation that applies one of several others to each row.
/// Records outside of the library cannot derive from it.
/// </summary>
public abstract record ChoiceOptions : AugmentationOptions
{
    private protected ChoiceOptions()
    {
    }

    /// <summary>
    /// Seed of the random draws. Default: null, which takes the seed of the <see cref="MLContext"/> or, where that has none, a random one for
    /// each estimator.
    /// </summary>
    public int? Seed { get; init; }

    internal override int? SeedOfDraws => Seed;

    /// <summary>The augmentations, whatever their number.</summary>
    internal abstract IReadOnlyList<AugmentationOptions> Choices { get; }

    internal sealed override bool SoftensLabels => Choices.Any(choice => choice.SoftensLabels && !choice.IsIdentity);

    internal sealed override IEnumerable<IRowMixing> Mixings => Choices.SelectMany(choice => choice.Mixings);

    internal sealed override string? WhyNotInTrainer => Choices.Select(choice => choice.WhyNotInTrainer).FirstOrDefault(reason => reason is not null);

    internal sealed override bool WritesGaps => Choices.Any(choice => choice.WritesGaps);

    internal override bool IsIdentity => Choices.All(choice => choice.IsIdentity);

    internal sealed override IEnumerable<string> StreamIdentity => [Name, .. Choices.SelectMany(choice => choice.StreamIdentity)];

    /// <summary>The probability of each augmentation; what they leave to 1 is that of none.</summary>
    internal abstract double[] Probabilities { get; }

    internal override void Validate(IExceptionContext context)
    {
        foreach (var choice in Choices)
        {
            if (choice is null)
                throw context.ExceptUserArg(GetType().Name, $"{Name} must not hold null.");
            choice.Validate(context);
            if (choice.SeedOfDraws is { } seed)
            {
                throw context.ExceptUserArg(nameof(Seed), string.Create(
                    CultureInfo.InvariantCulture, $"{choice.Name} within {Name} has Seed {seed}, but its draws are those of {Name}: set that Seed instead."));
            }

            if (choice.WritesCopies)
            {
                throw context.ExceptUserArg(
                    "Copies", $"{choice.Name} within {Name} must have no Copies: whether a row is changed at all is what {Name} decides.");
            }
        }
    }

    internal sealed override SchemaShape GetTrainingShape(IExceptionContext context, SchemaShape input)
    {
        var columns = input.ToDictionary(column => column.Name);
        foreach (var choice in Choices)
        {
            foreach (var column in choice.GetTrainingShape(context, input))
            {
                if (!input.TryFindColumn(column.Name, out var before) || column.GetTypeString() != before.GetTypeString())
                    columns[column.Name] = column;
            }
        }

        return new SchemaShape(columns.Values);
    }

    internal sealed override RowAugmentation Bind(IHostEnvironment env, IDataView source)
    {
        var sum = 0.0;
        var bounds = Array.ConvertAll(Probabilities, probability => sum += probability);
        if (sum > 1 - 1e-9)
            bounds[^1] = 1;
        return new ChoiceAugmentation(
            env,
            Name,
            [.. Choices.Select(choice => choice.IsIdentity ? new Unchanged() : choice.Bind(env, source))],
            bounds);
    }
}
