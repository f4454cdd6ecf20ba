namespace Microsoft.ML.Regularization.Groups;

/// <summary>What the networks of groups follow from besides the common one, for the folder that several processes share.</summary>
internal sealed record GroupSettings
{
    /// <summary>Of the rows and the group column.</summary>
    public required string Fingerprint { get; init; }

    public required int Seed { get; init; }

    public required ValueList<double> Pulls { get; init; }

    public required int ComparedGroups { get; init; }

    public required int MinRows { get; init; }

    public required int MaxEpochs { get; init; }

    public required int BatchSize { get; init; }

    public double? LearningRate { get; init; }

    public required string LibraryVersion { get; init; }

    public static GroupSettings Of(GroupOptions options, int seed, string fingerprint) => new()
    {
        Fingerprint = fingerprint,
        Seed = seed,
        Pulls = options.Pulls,
        ComparedGroups = options.ComparedGroups,
        MinRows = options.MinRows,
        MaxEpochs = options.MaxEpochs,
        BatchSize = options.BatchSize,
        LearningRate = options.LearningRate,
        LibraryVersion = TrainingRecord.ThisVersion,
    };

    public GroupOptions ToOptions(CancellationToken cancellationToken) => new()
    {
        Pulls = Pulls,
        ComparedGroups = ComparedGroups,
        MinRows = MinRows,
        MaxEpochs = MaxEpochs,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Seed = Seed,
        CancellationToken = cancellationToken,
    };
}
