using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>No gradient goes to a network's weights until it is disposed.</summary>
internal sealed class FrozenWeights : IDisposable
{
    private readonly List<Parameter> _frozen;

    public FrozenWeights(nn.Module network)
    {
        _frozen = [.. network.parameters().Where(parameter => parameter.requires_grad)];
        _frozen.ForEach(parameter => parameter.requires_grad = false);
    }

    public void Dispose() => _frozen.ForEach(parameter => parameter.requires_grad = true);
}
