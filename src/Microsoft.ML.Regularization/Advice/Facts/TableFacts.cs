namespace Microsoft.ML.Regularization;

/// <summary>What was seen of a table: see <see cref="TrainingAdvice"/>. Counts are of the rows that were looked at.</summary>
public sealed record TableFacts
{
    /// <summary>Rows of the table.</summary>
    public required long Rows { get; init; }

    /// <summary>Rows that were looked at, those without a label left out: all, or a random choice.</summary>
    public required int LookedAt { get; init; }

    /// <summary>The share of rows without a label, from 0 to below 1.</summary>
    public double Unlabelled { get; init; }

    /// <summary>The column of labels.</summary>
    public required string LabelColumnName { get; init; }

    /// <summary>Its type as ML.NET writes it.</summary>
    public required string LabelType { get; init; }

    /// <summary>What is learned.</summary>
    public required LearningTask Task { get; init; }

    /// <summary>What a network is to read.</summary>
    public AdvisedInput Input { get; init; }

    /// <summary>The classes, the most frequent one first; empty where the label is a number.</summary>
    public ValueList<ClassFacts> Classes { get; init; } = [];

    /// <summary>The columns beside the label.</summary>
    public required ValueList<ColumnFacts> Columns { get; init; }

    /// <summary>Rows of which an earlier one has the same values in all columns but label, ids and groups.</summary>
    public int Duplicates { get; init; }

    /// <summary>
    /// The share of rows that no model can get right, from 0 to below 1: they have the values of other rows and a rarer label. Rows that stand once say nothing about it, so it is a lower bound. 0 of numbers.
    /// </summary>
    public double NoiseFloor { get; init; }

    /// <summary>The column by whose values rows stand together; null for none.</summary>
    public string? SamplingKeyColumnName { get; init; }

    /// <summary>The share of the rarest class, from 0 to 0.5; 1 where the label is a number.</summary>
    public double RarestShare => Classes.Count == 0 ? 1 : (double)Classes[^1].Rows / LookedAt;

    /// <summary>The columns that a network should read.</summary>
    internal IEnumerable<ColumnFacts> Features => Columns.Where(column => column.IsFeature);

    /// <summary>The share of rows of the most frequent class: what is right without a model. 0 where the label is a number.</summary>
    internal double MostFrequentShare => Classes.Count == 0 ? 0 : (double)Classes[0].Rows / LookedAt;
}
