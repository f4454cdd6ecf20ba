using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Regularization.Foundation;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>What a run has at one moment: numbers as JSON and arrays, by name. See <see cref="ICheckpointed"/>.</summary>
internal sealed class CheckpointState
{
    private readonly bool _isReading;
    private readonly JsonObject _values;
    private readonly Dictionary<string, CheckpointTensor> _tensors;
    private string _prefix = "";

    private CheckpointState(JsonObject values, IEnumerable<CheckpointTensor> tensors, bool isReading)
    {
        _values = values;
        _tensors = tensors.ToDictionary(tensor => tensor.Name);
        _isReading = isReading;
    }

    /// <summary>Whether values are given to the run, rather than taken from it.</summary>
    public bool IsReading => _isReading;

    public JsonObject Values => _values;

    public IEnumerable<CheckpointTensor> Tensors => _tensors.Values;

    public static CheckpointState Of(ICheckpointed run)
    {
        var state = new CheckpointState([], [], isReading: false);
        run.Checkpoint(state);
        return state;
    }

    public static CheckpointState Read(JsonObject values, IEnumerable<CheckpointTensor> tensors) => new(values, tensors, isReading: true);

    /// <summary>Anything that JSON keeps exactly, which numbers are.</summary>
    public T Value<T>(string name, T value)
    {
        if (!_isReading)
        {
            _values[_prefix + name] = JsonSerializer.SerializeToNode(value, StrictJson.Options);
            return value;
        }

        if (!_values.TryGetPropertyValue(_prefix + name, out var node))
            throw Missing(name);

        if (node is not null)
            return StrictJson.Read<T>(JsonSerializer.SerializeToUtf8Bytes(node));
        return default(T) is null && value is null ? value : throw new InvalidDataException($"'{_prefix}{name}' is null");
    }

    /// <summary>An array too long for JSON.</summary>
    public double[]? Numbers(string name, double[]? values)
    {
        if (!Value(name + ".exists", values is not null))
            return null;
        if (_isReading)
            return Find(name).Doubles();

        Add(new CheckpointTensor(_prefix + name, TensorEntry.Double, [values!.Length], MemoryMarshal.AsBytes(values.AsSpan()).ToArray()));
        return values;
    }

    /// <summary>Bytes that are not numbers; null for none.</summary>
    public byte[]? Bytes(string name, byte[]? bytes)
    {
        if (!Value(name + ".exists", bytes is not null))
            return null;
        if (_isReading)
            return Find(name).Bytes;

        Add(new CheckpointTensor(_prefix + name, CheckpointTensor.Byte, [bytes!.Length], bytes));
        return bytes;
    }

    /// <summary>Weights of a network outside of libtorch.</summary>
    public NetworkWeights? Weights(string name, NetworkWeights? weights)
    {
        var names = Value(name, weights?.Tensors.Select(tensor => tensor.Name).ToArray());
        if (names is null)
            return null;
        if (_isReading)
        {
            return new NetworkWeights([.. names.Select(own => (own, Find($"{name}.{own}"))).Select(found =>
                new NetworkTensor(found.own, found.Item2.Shape, found.Item2.FiniteFloats()))]);
        }

        foreach (var tensor in weights!.Tensors)
        {
            Add(new CheckpointTensor(
                $"{_prefix}{name}.{tensor.Name}", TensorEntry.Float, [.. tensor.Shape], MemoryMarshal.AsBytes(tensor.Values.Span).ToArray()));
        }

        return weights;
    }

    /// <summary>The elements of a tensor, whose type and shape stay.</summary>
    public void Elements(string name, Tensor tensor)
    {
        if (!_isReading)
            Add(CheckpointTensor.CopyOf(_prefix + name, tensor));
        else if (!Find(name).TryCopyTo(tensor))
            throw new InvalidDataException($"'{_prefix}{name}' is of another type or shape.");
    }

    /// <summary>A part under a name of its own; nothing where there is none.</summary>
    public void Part(string name, ICheckpointed? part)
    {
        var outer = _prefix;
        _prefix = $"{outer}{name}.";
        part?.Checkpoint(this);
        _prefix = outer;
    }

    private void Add(CheckpointTensor tensor) => _tensors.Add(tensor.Name, tensor);

    private CheckpointTensor Find(string name) => _tensors.GetValueOrDefault(_prefix + name) ?? throw Missing(name);

    private InvalidDataException Missing(string name) => new($"'{_prefix}{name}' is missing");
}
