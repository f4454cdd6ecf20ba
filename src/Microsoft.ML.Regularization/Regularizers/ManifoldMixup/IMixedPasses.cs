using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Passes of a batch whose rows are mixed on their way through the network.</summary>
internal interface IMixedPasses : ILossPasses
{
    /// <summary>Adds the gradient of the batch's loss and of the network's penalty to the flat gradient, and returns the loss.</summary>
    /// <param name="batch">The rows; their targets and factors are mixed already.</param>
    /// <param name="mixing">Where in the network rows are mixed, and with which.</param>
    double AddGradient(TrainingBatch batch, HiddenMixing mixing);
}
