using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>A named tensor of trained weights.</summary>
/// <param name="Name">Its name in the network, such as <c>hidden.0.linear.weight</c>.</param>
/// <param name="Shape">Its dimensions; a linear layer's weight is (out, in).</param>
/// <param name="Values">Its values, the last dimension running fastest.</param>
public sealed record NetworkTensor(string Name, ValueList<long> Shape, ReadOnlyMemory<float> Values);

/// <summary>All parameters of a network and the running statistics of its normalizations, outside of libtorch.</summary>
internal sealed class NetworkWeights(IReadOnlyList<NetworkTensor> tensors)
{
    private readonly Dictionary<string, NetworkTensor> _byName = tensors.ToDictionary(tensor => tensor.Name);

    public IReadOnlyList<NetworkTensor> Tensors { get; } = tensors;

    public NetworkTensor? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The values of a tensor that must be there.</summary>
    /// <exception cref="FormatException">It is missing, or of another shape.</exception>
    public float[] Read(IExceptionContext context, string name, params long[] shape) => Require(context, name, shape).Values.ToArray();

    /// <summary>A tensor that must be there.</summary>
    /// <exception cref="FormatException">It is missing, or of another shape.</exception>
    public NetworkTensor Require(IExceptionContext context, string name, params long[] shape)
    {
        var tensor = Find(name) ?? throw context.ExceptDecode($"The model lacks the tensor '{name}'.");
        if (!tensor.Shape.SequenceEqual(shape))
        {
            throw context.ExceptDecode(
                $"The model's tensor '{name}' has shape ({string.Join(", ", tensor.Shape)}) instead of ({string.Join(", ", shape)}).");
        }

        return tensor;
    }

    /// <summary>
    /// Copies a network's state, with pruned weights as 0. Counters, which are not of float type, have no use after training and are left out.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="outdated">Weights that are no longer needed, whose memory is used again; null for none.</param>
    public static NetworkWeights CopyOf(INetworkTensors network, NetworkWeights? outdated = null)
    {
        using var scope = NewDisposeScope();
        using var pruned = network.Prune();
        var tensors = new List<NetworkTensor>();
        foreach (var (name, value) in StateOf(network))
        {
            if (value.dtype != ScalarType.Float32)
                continue;

            using var onCpu = value.detach().cpu().contiguous();
            var values = outdated?.Find(name) is { } old && MemoryMarshal.TryGetArray(old.Values, out var memory) && memory.Count == value.numel()
                ? memory.Array!
                : new float[value.numel()];
            MemoryMarshal.Cast<byte, float>(onCpu.bytes).CopyTo(values);
            tensors.Add(new NetworkTensor(name, value.shape, values));
        }

        return new NetworkWeights(tensors);
    }

    /// <summary>Writes these weights back into the network they came from.</summary>
    public void CopyTo(INetworkTensors network)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var (name, value) in StateOf(network))
        {
            if (Find(name) is { } saved)
                value.copy_(FloatTensors.Of(saved.Values.Span, [.. saved.Shape]));
        }
    }

    /// <summary>The names and shapes of what a copy of a network holds.</summary>
    public static IEnumerable<(string Name, long[] Shape)> ShapesOf(INetworkTensors network) =>
        StateOf(network).Where(state => state.Value.dtype == ScalarType.Float32).Select(state => (state.Name, state.Value.shape));

    /// <exception cref="InvalidDataException">A number is not finite; the message names its tensor.</exception>
    public void CheckFinite()
    {
        foreach (var tensor in Tensors)
        {
            if (!tensor.Values.IsEmpty && !float.IsFinite(TensorPrimitives.MaxMagnitude(tensor.Values.Span)))
                throw new InvalidDataException($"the tensor '{tensor.Name}' holds numbers that are not finite.");
        }
    }

    // The state_dict of a module inside a ModuleList has every tensor twice: by its registered name and by its field's.
    private static IEnumerable<(string Name, Tensor Value)> StateOf(INetworkTensors network) => network.named_parameters()
        .Select(named => (named.name, (Tensor)named.parameter))
        .Concat(network.named_buffers().Select(named => (named.name, named.buffer)));
}
