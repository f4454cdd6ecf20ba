using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Passes of a batch through the network, forward to its loss and backward. A technique may take several of them in one training step.</summary>
internal interface ILossPasses
{
    /// <summary>The number of the training step, from 1; all passes of a step draw the same noise.</summary>
    ulong Step { get; }

    /// <summary>Adds the gradient of the batch's loss to the flat gradient, and returns the loss.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="addsPenalty">Whether the gradient of the network's penalty is added too; of several passes of a step it is to be one of one.</param>
    double AddGradient(TrainingBatch batch, bool addsPenalty);

    /// <summary>Passes leave the running statistics of batch normalizations alone until the result is disposed.</summary>
    IDisposable FreezeStatistics();
}
