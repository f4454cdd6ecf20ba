using Microsoft.ML.Regularization.Trainers;

namespace Microsoft.ML.Regularization.Advice;

/// <summary>What rules look at.</summary>
/// <param name="Table">What was seen.</param>
/// <param name="Options">What was asked.</param>
internal sealed record Situation(TableFacts Table, AdviceOptions Options)
{
    // Of fewer, the strong effort is no better.
    private const int ManyRows = 5000;

    public bool IsTable => Table.Input == AdvisedInput.Table;

    public bool HasClasses => Table.Task != LearningTask.Regression;

    public bool IsQuick => Options.MostEffort == TrainingEffort.Quick;

    /// <summary>Whether more networks than the default's pay.</summary>
    public bool GainsByStrength => Options.MostEffort == TrainingEffort.Strong && !HasClasses && Table.Rows >= ManyRows && Width <= EffortPlan.MostNumbers;

    /// <summary>The names of the columns of which something holds, as a sentence lists them.</summary>
    public string Names(Func<ColumnFacts, bool> holds) => string.Join(", ", Table.Columns.Where(holds).Select(column => column.Name));

    public bool Any(Func<ColumnFacts, bool> holds) => Table.Columns.Any(holds);

    /// <summary>Numbers that a network reads of a row, before they are embedded.</summary>
    public int Width => Table.Features.Sum(column => column.Kind == ColumnKind.FreeText ? 1 << FeatureSteps.WordBits : column.Size);
}
