namespace Microsoft.ML.Regularization;

/// <summary>What was seen of a column: see <see cref="TableFacts"/>.</summary>
public sealed record ColumnFacts
{
    /// <summary>The column.</summary>
    public required string Name { get; init; }

    /// <summary>What it holds.</summary>
    public required ColumnKind Kind { get; init; }

    /// <summary>Its type as ML.NET writes it, such as <c>String</c> or <c>Single</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Values that differ, the missing one not counted; of images 0, since they are not read.</summary>
    public int Distinct { get; init; }

    /// <summary>The share of rows that lack a value, from 0 (none) to 1 (all); of a vector those that lack a number.</summary>
    public double Missing { get; init; }

    /// <summary>Numbers of a row: of a vector its size, else 1.</summary>
    public int Size { get; init; } = 1;

    /// <summary>Words of a text, in the mean; 0 of what is no text.</summary>
    public double Words { get; init; }

    /// <summary>
    /// How much of the label the column tells by itself, from 0 (nothing; also where less than nothing) to 1 (all): of classes the share of errors that it saves, of numbers the share of the variance of
    /// the labels' ranks, each measured on rows left out one by one. Null where it was not measured.
    /// </summary>
    public double? Tells { get; init; }

    /// <summary>Whether all rows have the same value.</summary>
    public bool IsConstant { get; init; }

    /// <summary>Whether each row has a value of its own that only names it, such as a running number.</summary>
    public bool IsId { get; init; }

    /// <summary>Whether the column gives the label away, alone or with another: it is likely to be known only after the label.</summary>
    public bool IsLeak { get; init; }

    /// <summary>Whether rows of the same value stand together, such as those of a customer.</summary>
    public bool IsGroup { get; init; }

    /// <summary>Whether a network should read it.</summary>
    public bool IsFeature => this is { IsConstant: false, IsId: false, IsLeak: false, IsGroup: false, Kind: not (ColumnKind.Date or ColumnKind.Other) };
}
