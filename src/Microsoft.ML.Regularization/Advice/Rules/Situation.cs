namespace Microsoft.ML.Regularization.Advice;

/// <summary>What rules look at.</summary>
/// <param name="Table">What was seen.</param>
/// <param name="Options">What was asked.</param>
internal sealed record Situation(TableFacts Table, AdviceOptions Options)
{
    public bool IsTable => Table.Input == AdvisedInput.Table;

    public bool HasClasses => Table.Task != LearningTask.Regression;

    public bool HasTime => Options.MostEffort == TrainingEffort.Strong;

    public bool IsQuick => Options.MostEffort == TrainingEffort.Quick;

    /// <summary>The names of the columns of which something holds, as a sentence lists them.</summary>
    public string Names(Func<ColumnFacts, bool> holds) => string.Join(", ", Table.Columns.Where(holds).Select(column => column.Name));

    public bool Any(Func<ColumnFacts, bool> holds) => Table.Columns.Any(holds);

    /// <summary>Numbers that a network reads of a row, before they are embedded.</summary>
    public int Width => Table.Features.Sum(column => column.Kind == ColumnKind.FreeText ? 1 << FeatureSteps.WordBits : column.Size);
}
