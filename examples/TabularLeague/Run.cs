namespace TabularLeague;

/// <summary>What one fit measured: a line of the file of results.</summary>
internal sealed record Run
{
    public required string Table { get; init; }

    /// <summary>Rows that trained.</summary>
    public required int Rows { get; init; }

    public required int Seed { get; init; }

    public required string Trainer { get; init; }

    public required string Settings { get; init; }

    /// <summary>The share of test rows whose class is wrong.</summary>
    public double? Error { get; init; }

    public double? LogLoss { get; init; }

    public double? Auc { get; init; }

    public double? Rmse { get; init; }

    /// <summary>What the fit took by the clock.</summary>
    public double? Seconds { get; init; }

    /// <summary>What the fit took of all processors together, which other programs disturb less.</summary>
    public double? ProcessorSeconds { get; init; }

    /// <summary>Why there are no figures.</summary>
    public string? Failure { get; init; }
}
