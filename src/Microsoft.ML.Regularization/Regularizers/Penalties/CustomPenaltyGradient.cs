using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Adds the gradient of a user-defined penalty: see <see cref="CustomPenalty"/>.</summary>
internal sealed class CustomPenaltyGradient : IPenaltyGradient
{
    private readonly string _name;
    private readonly ICustomPenalty _penalty;
    private readonly Dictionary<string, Tensor> _weights;

    /// <param name="options">Which penalty.</param>
    /// <param name="network">The network to penalize.</param>
    public CustomPenaltyGradient(CustomPenalty options, INetworkTensors network)
    {
        (_name, _penalty) = (options.ToString(), options.Create());
        _weights = network.named_parameters().ToDictionary(one => one.name, one => (Tensor)one.parameter);
    }

    public void AddGradient()
    {
        using var scope = NewDisposeScope();
        var penalty = _penalty.Compute(_weights) ?? throw Contracts.Except($"The {_name} gave null.");
        if (penalty.dtype != ScalarType.Float32 || penalty.numel() != 1 || !penalty.requires_grad)
        {
            throw Contracts.Except(
                $"The {_name} gives the wrong tensor: it is to be one number of Float32 that is computed of the weights, but it is a tensor "
                + $"({string.Join(", ", penalty.shape)}) of {penalty.dtype}{(penalty.requires_grad ? "" : " that no gradient flows through")}.");
        }

        // Added to the gradient of the loss, which the parameters already hold.
        penalty.reshape([]).backward();
    }
}
