using TorchSharp.Modules;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>The tensors of a network in libtorch.</summary>
internal interface INetworkTensors
{
    /// <summary>The parameters of which a batch uses few slots.</summary>
    IReadOnlyList<SlotMatrix> SlotMatrices { get; }

    /// <summary>The parameters whose weight decay is neither that of a matrix nor that of a bias.</summary>
    IReadOnlyList<DecayFactor> DecayFactors { get; }

    /// <summary>The matrices that their layers multiply by a factor.</summary>
    IReadOnlyList<WeightScale> WeightScales { get; }

    /// <summary>The trained ones and their names.</summary>
    IEnumerable<(string name, Parameter parameter)> named_parameters(bool recurse = true);

    /// <summary>The others and their names, such as running statistics.</summary>
    IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true);

    /// <summary>Gives the network the weights that its model has until disposed: those that are pruned are exactly 0.</summary>
    IDisposable Prune();
}
