using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Gives the layers of a network their pruned weights until disposed, and then restores the weights for training.</summary>
internal sealed class Pruning : IDisposable
{
    private readonly List<(IPrunedLayer Layer, Tensor Weight)> _own = [];

    public Pruning(IEnumerable<IPrunedLayer> layers)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var layer in layers)
        {
            _own.Add((layer, layer.Weight.clone().DetachFromDisposeScope()));
            layer.Weight.copy_(layer.PrunedWeight());
        }
    }

    public void Dispose()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (layer, weight) in _own)
        {
            layer.Weight.copy_(weight);
            weight.Dispose();
        }

        _own.Clear();
    }
}
