using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The result of a training run.</summary>
/// <param name="Weights">The model's weights.</param>
/// <param name="History">How they were trained.</param>
/// <param name="InputScaler">Scales numbers and indicators; null if they are not scaled. Also among the weights.</param>
/// <param name="TargetScale">The units of a regression's target; null for classes.</param>
internal sealed record TrainingOutcome(NetworkWeights Weights, TrainingHistory History, InputScaler? InputScaler, TargetScale? TargetScale)
{
    /// <summary>Fills in missing numbers; null for an input that has none.</summary>
    public Imputation? Imputation { get; init; }

    /// <summary>Numbers that are not embedded: see <see cref="InputLayout.Flags"/>. Empty where the network embeds none.</summary>
    public ValueList<int> Flags { get; init; } = [];

    /// <summary>From the network's outputs to predictions.</summary>
    public OutputLink CreateLink(LearningTask task) => task.CreateLink(TargetScale, History.Calibration);
}
