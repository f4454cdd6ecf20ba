using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Published weights that a new network starts from.</summary>
/// <param name="Weights">Those of all layers but the last.</param>
/// <param name="Scaler">The scale of the network's numbers; null where it is learned.</param>
internal sealed record StartingPoint(NetworkWeights Weights, InputScaler? Scaler)
{
    /// <summary>How far training may go from there.</summary>
    public FineTuning Tuning { get; init; } = new() { FreezesStatistics = false };
}
