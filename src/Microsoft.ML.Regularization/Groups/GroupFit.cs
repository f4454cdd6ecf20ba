namespace Microsoft.ML.Regularization;

/// <summary>A group of a model of groups: see <see cref="GroupTransformer"/>.</summary>
public sealed record GroupFit
{
    /// <summary>The value of the group column, as a text.</summary>
    public required string Name { get; init; }

    /// <summary>How many rows of the group there were, at least 1.</summary>
    public required int Rows { get; init; }

    /// <summary>The group's own network; null where the common one predicts.</summary>
    public TrainedNetwork? Network { get; init; }

    /// <summary>Why the group's own network could not be trained, such as that none of its rows has a label; null where nothing went wrong.</summary>
    public string? Problem { get; init; }
}
