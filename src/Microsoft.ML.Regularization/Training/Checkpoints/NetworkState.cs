using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The current parameters and buffers of a network, and its clock.</summary>
internal sealed class NetworkState(Network network) : ICheckpointed
{
    public void Checkpoint(CheckpointState state)
    {
        foreach (var (name, parameter) in network.named_parameters())
            state.Elements(name, parameter);
        foreach (var (name, buffer) in network.named_buffers())
            state.Elements(name, buffer);

        var clock = network.Clock;
        clock.Step = state.Value("clock.step", clock.Step);
        clock.Epochs = state.Value("clock.epochs", clock.Epochs);
        clock.Rows = state.Value("clock.rows", clock.Rows);
    }
}
