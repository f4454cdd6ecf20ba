namespace Microsoft.ML.Regularization.Training;

/// <summary>Where a network starts from in place of random weights, and how far it may go from there.</summary>
/// <param name="Weights">Published ones, of all layers but the last; null where training goes on from a previous run, which has them.</param>
/// <param name="Scales">The scales of what the network reads, which the weights were trained on; null where they are learned.</param>
internal sealed record StartingPoint(NetworkWeights? Weights, LearnedScales? Scales)
{
    /// <summary>How far training may go from there.</summary>
    public FineTuning Tuning { get; init; } = new() { FreezesStatistics = false };
}
