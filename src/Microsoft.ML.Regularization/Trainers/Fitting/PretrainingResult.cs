using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Pretrained;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Trainers;

/// <summary>What a pre-training leaves for a fit.</summary>
internal static class PretrainingResult
{
    /// <param name="architecture">The network of the fit.</param>
    /// <param name="columns">The columns of the rows.</param>
    /// <param name="input">Their layout.</param>
    /// <param name="outcome">What was learned, with layers that the fit's network does not have.</param>
    public static PretrainedWeights Of(NetworkArchitecture architecture, TrainingColumns columns, InputLayout input, TrainingOutcome outcome)
    {
        var scales = new LearnedScales { Imputation = outcome.Imputation, Input = outcome.InputScaler, Flags = outcome.Flags };
        var origin = new PretrainingOrigin(architecture, input with { IsSparse = false, RefusesGaps = false }, scales)
        {
            SlotNames = input.Text is null && columns.Input.Features is { } features ? SlotNames.Read(features) : null,
            Keys = new NetworkKeys(Label: null, columns.Keys.Inputs),
        };
        var own = new TensorList(RegularizationRecipe.None, long.MaxValue);
        architecture.ListTensors(own, origin.Filled, outputs: 1);
        return PretrainedWeights.Of(new NetworkWeights([.. outcome.Weights.Tensors.Where(tensor => own.Shapes.ContainsKey(tensor.Name) && !BodyLayers.IsHead(tensor.Name))]), origin);
    }
}
