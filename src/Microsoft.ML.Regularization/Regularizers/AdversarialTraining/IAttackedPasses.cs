using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Passes that compute the gradient of the rows' loss with respect to their features.</summary>
internal interface IAttackedPasses : ILossPasses
{
    /// <summary>
    /// The gradient at features of each row's own loss, whatever the row weighs. The gradients of the weights stay as they are.
    /// </summary>
    /// <param name="features">(rows, features) to go through the network.</param>
    /// <param name="batch">The rows' targets.</param>
    Tensor InputGradient(Tensor features, TrainingBatch batch);
}
