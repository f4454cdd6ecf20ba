using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>What advice is about: see <see cref="RegularizationCatalog.Advise"/>.</summary>
public sealed record AdviceOptions
{
    /// <summary>The column of labels: texts, keys, marks or numbers. Default: Label.</summary>
    public string LabelColumnName { get; init; } = DefaultColumnNames.Label;

    /// <summary>
    /// What is learned. Default: null, which goes by the label: marks, and two texts or numbers that no row lacks, are a binary classification; other texts, and keys, are classes; numbers are
    /// numbers, but for whole ones of which at most 20 differ and each is in ten rows at least, which are classes.
    /// </summary>
    public LearningTask? Task { get; init; }

    /// <summary>Columns that are not known when the model is used, or must not be. Default: none.</summary>
    public ValueList<string> IgnoredColumnNames { get; init; } = [];

    /// <summary>The column by whose values rows stand together, such as a customer. Default: null, it is looked for.</summary>
    public string? SamplingKeyColumnName { get; init; }

    /// <summary>The most that a fit may do: <see cref="TrainingEffort.Quick"/> for one that takes a second. Default: <see cref="TrainingEffort.Strong"/>.</summary>
    public TrainingEffort MostEffort { get; init; } = TrainingEffort.Strong;

    /// <summary>Options that you would train with, to be reviewed: contradictions and too much regularization are named. Default: null, none.</summary>
    public NeuralNetworkOptions? Trainer { get; init; }

    /// <summary>Rows that are looked at, at least 2; of more, a random choice. Default: 20,000.</summary>
    public int MostRows { get; init; } = 20_000;

    /// <summary>Seed of the choice of rows. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Ends the reading.</summary>
    public CancellationToken CancellationToken { get; init; }

    internal void Validate(IExceptionContext context)
    {
        context.CheckName(LabelColumnName, nameof(LabelColumnName));
        context.CheckNameIfAny(SamplingKeyColumnName, nameof(SamplingKeyColumnName));
        if (IgnoredColumnNames is null)
            throw context.ExceptUserArg(nameof(IgnoredColumnNames), "IgnoredColumnNames must not be null; an empty list names none.");
        context.CheckNames(IgnoredColumnNames, nameof(IgnoredColumnNames));
        if (IgnoredColumnNames.Contains(LabelColumnName))
            throw context.ExceptUserArg(nameof(IgnoredColumnNames), $"IgnoredColumnNames names '{LabelColumnName}', which is the LabelColumnName: without it there is nothing to learn.");
        context.CheckDefined(MostEffort, nameof(MostEffort));
        context.CheckAtLeast(MostRows, nameof(MostRows), 2);
    }
}
