using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// The gradient that a training step follows. A technique that wants more than the plain one wraps another gradient, so that techniques combine.
/// </summary>
internal interface ILossGradient
{
    /// <summary>
    /// Adds the gradient of the batch's loss and of the network's penalty to the flat gradient, which is clear before, and returns the loss alone.
    /// </summary>
    double Add(TrainingBatch batch);
}
