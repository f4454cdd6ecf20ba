using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>Weights in the layout of a safetensors file: see <see cref="SafetensorsHeader"/>.</summary>
internal static class Safetensors
{
    /// <param name="weights">The weights.</param>
    /// <param name="texts">Free texts; null for none.</param>
    public static byte[] Write(NetworkWeights weights, JsonObject? texts = null)
    {
        var entries = weights.Tensors.Select(tensor => new TensorEntry(tensor.Name, TensorEntry.Float, [.. tensor.Shape])).ToList();
        var header = new SafetensorsHeader(texts, entries).Write();
        var file = new byte[header.Length + entries.Sum(tensor => tensor.ByteCount)];
        header.CopyTo(file, 0);
        var data = file.AsSpan(header.Length);
        foreach (var tensor in weights.Tensors)
        {
            MemoryMarshal.AsBytes(tensor.Values.Span).CopyTo(data);
            data = data[(tensor.Values.Length * sizeof(float))..];
        }

        return file;
    }

    /// <summary>Reads weights; memory is taken for those that are wanted, and for no others.</summary>
    /// <param name="file">The file.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="check">Throws where the tensors of a file are not those that are wanted.</param>
    /// <exception cref="InvalidDataException">The bytes are not a safetensors file of 32-bit floats.</exception>
    /// <exception cref="EndOfStreamException">The file is cut short.</exception>
    public static NetworkWeights Read(Stream file, long length, Action<IReadOnlyList<TensorEntry>>? check = null)
    {
        var header = SafetensorsHeader.Read(file, length, out _);
        if (header.Tensors.FirstOrDefault(tensor => tensor.Type != TensorEntry.Float) is { } other)
            throw new InvalidDataException($"the tensor '{other.Name}' is of type '{other.Type}', not of 32-bit floats.");

        check?.Invoke(header.Tensors);
        return new NetworkWeights([.. header.Tensors.Select(Tensor)]);

        NetworkTensor Tensor(TensorEntry entry)
        {
            var values = new float[entry.ByteCount / sizeof(float)];
            file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
            return new NetworkTensor(entry.Name, entry.Shape, values);
        }
    }
}
