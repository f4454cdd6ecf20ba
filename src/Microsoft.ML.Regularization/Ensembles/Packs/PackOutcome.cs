using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The ensemble that a pack has come to, whose networks all count the same.</summary>
/// <param name="Networks">Of each network what it has learned, its input, and the settings it was trained with.</param>
/// <param name="History">How the pack was trained.</param>
internal sealed record PackOutcome(IReadOnlyList<(TrainingOutcome Outcome, InputLayout Input, TrainingSettings Settings)> Networks, TrainingHistory History)
{
    /// <summary>Of each training row the prediction of the ensemble's networks that have not seen it; null where there are no folds.</summary>
    public OutOfFoldPredictions? OutOfFold { get; init; }
}
