using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The result of training several networks that predict together.</summary>
/// <param name="Members">Of each network what it has learned, its input, and the settings it was trained with; those of the first fold come first.</param>
/// <param name="History">How they were trained together.</param>
internal sealed record BagOutcome(IReadOnlyList<(TrainingOutcome Outcome, InputLayout Input, TrainingSettings Settings)> Members, TrainingHistory History)
{
    /// <summary>Of each training row the prediction of the networks that have not seen it; null where there are no folds.</summary>
    public OutOfFoldPredictions? OutOfFold { get; init; }
}
