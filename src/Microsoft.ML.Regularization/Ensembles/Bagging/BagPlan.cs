using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Which networks a bag has.</summary>
/// <param name="Members">How many on the same rows.</param>
internal sealed record BagPlan(int Members)
{
    /// <summary>The rows of each fold; empty where there are no folds.</summary>
    public IReadOnlyList<FoldRows> Folds { get; init; } = [];

    /// <summary>For each network one to continue from, and its architecture; empty to start new ones.</summary>
    public IReadOnlyList<(NetworkArchitecture Architecture, TrainingOutcome Outcome)> Previous { get; init; } = [];

    /// <summary>How many threads train them; null for one for each processor.</summary>
    public int? Threads { get; init; }
}
