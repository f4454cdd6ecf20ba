namespace Microsoft.ML.Regularization.Advice;

/// <summary>The values of a column in the rows that were looked at.</summary>
/// <param name="Name">The column.</param>
/// <param name="Kind">What it holds, as far as its type tells.</param>
/// <param name="Type">As ML.NET writes it.</param>
internal sealed record ReadColumn(string Name, ColumnKind Kind, string Type)
{
    /// <summary>Of each row a number for its value, from 0 in the order in which values appear; -1 where it is missing.</summary>
    public required int[] Codes { get; init; }

    /// <summary>Of each row its number, which may be missing; null where values are none.</summary>
    public double[]? Numbers { get; init; }

    /// <summary>The values by code, as they are written; empty where they are not texts.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    public int Size { get; init; } = 1;

    public int Distinct { get; init; }

    public double Missing => Codes.Length == 0 ? 0 : (double)Codes.Count(code => code < 0) / Codes.Length;

    public bool IsWhole => Numbers is not null && Numbers.All(number => double.IsNaN(number) || number == Math.Floor(number));

    /// <summary>The same of some rows.</summary>
    public ReadColumn Take(int[] rows) => this with { Codes = [.. rows.Select(row => Codes[row])], Numbers = Numbers is null ? null : [.. rows.Select(row => Numbers[row])] };
}
