using TorchSharp;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>A torch module from rows (batch, inputs) to outputs (batch, outputs), and the clock of its noise.</summary>
internal abstract class Network(string name, TrainingClock clock) : nn.Module<Tensor, Tensor>(name)
{
    /// <summary>Tells the noise layers which training step it is.</summary>
    public TrainingClock Clock { get; } = clock;

    /// <summary>
    /// The network in training mode with gradients recorded, or in evaluation mode without; the tensors made until the scope is disposed
    /// go with it.
    /// </summary>
    public Pass Begin(bool isTraining)
    {
        train(isTraining);
        return new Pass(NewDisposeScope(), enable_grad(isTraining));
    }

    internal readonly struct Pass(DisposeScope tensors, IDisposable gradients) : IDisposable
    {
        public void Dispose()
        {
            gradients.Dispose();
            tensors.Dispose();
        }
    }
}
