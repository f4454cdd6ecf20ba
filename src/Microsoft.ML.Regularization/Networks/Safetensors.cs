using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Weights in the layout of a safetensors file, which Python's safetensors package reads: the header's length in eight bytes, a JSON
/// header of names, types, shapes and offsets, then the values as little-endian 32-bit floats.
/// </summary>
internal static class Safetensors
{
    private const string FloatType = "F32";
    private const int Alignment = 8;

    public static byte[] Write(NetworkWeights weights)
    {
        var header = new JsonObject();
        var offset = 0L;
        foreach (var tensor in weights.Tensors)
        {
            var end = offset + (long)tensor.Values.Length * sizeof(float);
            header[tensor.Name] = new JsonObject
            {
                ["dtype"] = FloatType,
                ["shape"] = new JsonArray([.. tensor.Shape.Select(dimension => JsonValue.Create(dimension))]),
                ["data_offsets"] = new JsonArray(offset, end),
            };
            offset = end;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var headerLength = (json.Length + Alignment - 1) / Alignment * Alignment;
        var file = new byte[sizeof(ulong) + headerLength + offset];
        BinaryPrimitives.WriteUInt64LittleEndian(file, (ulong)headerLength);
        file.AsSpan(sizeof(ulong), headerLength).Fill((byte)' ');
        json.CopyTo(file, sizeof(ulong));
        var data = file.AsSpan(sizeof(ulong) + headerLength);
        foreach (var tensor in weights.Tensors)
        {
            MemoryMarshal.AsBytes(tensor.Values.Span).CopyTo(data);
            data = data[(tensor.Values.Length * sizeof(float))..];
        }

        return file;
    }

    /// <exception cref="FormatException">The bytes are not a safetensors file of 32-bit floats, or are cut short.</exception>
    public static NetworkWeights Read(IExceptionContext context, ReadOnlySpan<byte> file)
    {
        var headerLength = file.Length < sizeof(ulong) ? ulong.MaxValue : BinaryPrimitives.ReadUInt64LittleEndian(file);
        if (headerLength > (ulong)(file.Length - sizeof(ulong)))
            throw context.ExceptDecode($"The model's weights are cut short: {file.Length} bytes.");

        var data = file[(sizeof(ulong) + (int)headerLength)..];
        try
        {
            var tensors = new List<NetworkTensor>();
            foreach (var (name, entry) in JsonNode.Parse(file.Slice(sizeof(ulong), (int)headerLength))!.AsObject())
            {
                // Python's writers may add an entry of free text.
                if (name == "__metadata__")
                    continue;

                var shape = entry!["shape"]!.AsArray().Select(dimension => dimension!.GetValue<long>()).ToArray();
                var start = entry["data_offsets"]![0]!.GetValue<int>();
                var end = entry["data_offsets"]![1]!.GetValue<int>();
                var size = shape.Aggregate((long)sizeof(float), (product, dimension) => checked(product * dimension));
                if (entry["dtype"]!.GetValue<string>() != FloatType || end - start != size)
                    throw context.ExceptDecode($"The model's tensor '{name}' does not hold the 32-bit floats that its shape asks for.");
                tensors.Add(new NetworkTensor(name, shape, MemoryMarshal.Cast<byte, float>(data[start..end]).ToArray()));
            }

            return new NetworkWeights(tensors);
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or NullReferenceException or ArgumentException or OverflowException)
        {
            throw context.ExceptDecode(exception, "The model's weights are damaged.");
        }
    }
}
