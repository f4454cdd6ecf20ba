namespace FineTuningExample;

/// <summary>What one fit measured: a line of the file of results.</summary>
internal sealed record Run
{
    public required string Set { get; init; }

    /// <summary>Training rows of each class.</summary>
    public required int PerClass { get; init; }

    public required int Seed { get; init; }

    public required string Method { get; init; }

    /// <summary>The share of test rows whose class is right.</summary>
    public required double Accuracy { get; init; }

    /// <summary>In nats.</summary>
    public required double LogLoss { get; init; }

    /// <summary>What the fit took by the clock.</summary>
    public required double Seconds { get; init; }

    /// <summary>What the fit took of all processors together, which other programs disturb less.</summary>
    public required double ProcessorSeconds { get; init; }

    /// <summary>Test rows.</summary>
    public required int TestRows { get; init; }

    /// <summary>How training went.</summary>
    public required string Training { get; init; }

    /// <summary>Whether it measured the same as another.</summary>
    public bool IsOf(string set, int perClass, int seed, string method) => (Set, PerClass, Seed, Method) == (set, perClass, seed, method);
}
