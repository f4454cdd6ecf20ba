using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Training;

/// <summary>What a training run leaves.</summary>
/// <param name="Weights">The model's weights.</param>
/// <param name="History">How it came to them.</param>
/// <param name="InputScaler">How numbers and indicators come to a common scale; null for not at all. Also among the weights.</param>
/// <param name="TargetScale">The units of a regression's target; null for classes.</param>
internal sealed record TrainingOutcome(NetworkWeights Weights, TrainingHistory History, InputScaler? InputScaler, TargetScale? TargetScale)
{
    /// <summary>What replaces missing numbers; null for an input that has none.</summary>
    public Imputation? Imputation { get; init; }
}
