namespace Microsoft.ML.Regularization.Training;

/// <summary>Weights from elsewhere that a new network starts from.</summary>
/// <param name="Weights">Those of all layers but the last.</param>
/// <param name="Scales">The scales of what the network reads, which the weights were trained on; null where they are learned.</param>
internal sealed record StartingPoint(NetworkWeights Weights, LearnedScales? Scales)
{
    /// <summary>How far training may go from there.</summary>
    public FineTuning Tuning { get; init; } = new() { FreezesStatistics = false };
}
