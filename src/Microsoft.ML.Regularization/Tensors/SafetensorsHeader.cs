using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// The header of a safetensors file, which Python's safetensors package reads: its length in eight bytes, then JSON with the tensors' names, types, shapes
/// and offsets, and texts by name. The elements follow, little-endian, without gaps.
/// </summary>
/// <param name="Texts">Free texts; null for none.</param>
/// <param name="Tensors">The tensors in the order of their elements.</param>
internal sealed record SafetensorsHeader(JsonObject? Texts, IReadOnlyList<TensorEntry> Tensors)
{
    private const string Metadata = "__metadata__";
    private const int Alignment = 8;

    // The limit of the format's reference reader.
    private const int MostBytes = 100_000_000;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>The bytes of the header.</summary>
    public byte[] Write()
    {
        var entries = new JsonObject();
        if (Texts is not null)
            entries[Metadata] = Texts.DeepClone();
        var offset = 0L;
        foreach (var tensor in Tensors)
        {
            entries[tensor.Name] = new JsonObject
            {
                ["dtype"] = tensor.Type,
                ["shape"] = new JsonArray([.. tensor.Shape.Select(size => JsonValue.Create(size))]),
                ["data_offsets"] = new JsonArray(offset, offset += tensor.ByteCount),
            };
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(entries);
        var length = (json.Length + Alignment - 1) / Alignment * Alignment;
        var header = new byte[sizeof(ulong) + length];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        header.AsSpan(sizeof(ulong)).Fill((byte)' ');
        json.CopyTo(header, sizeof(ulong));
        return header;
    }

    /// <summary>Reads the header from the start of a file.</summary>
    /// <param name="file">The file; it then stands on the first tensor's elements.</param>
    /// <param name="fileLength">Bytes of the file.</param>
    /// <param name="bytes">Receives the bytes of the header.</param>
    /// <exception cref="InvalidDataException">It is no such header, or does not fit the length of the file.</exception>
    /// <exception cref="EndOfStreamException">The file is shorter.</exception>
    public static SafetensorsHeader Read(Stream file, long fileLength, out byte[] bytes)
    {
        bytes = new byte[sizeof(ulong)];
        file.ReadExactly(bytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > (ulong)Math.Min(fileLength - sizeof(ulong), MostBytes))
            throw new InvalidDataException($"the header is said to have {length} bytes.");

        Array.Resize(ref bytes, (int)length + sizeof(ulong));
        file.ReadExactly(bytes.AsSpan(sizeof(ulong)));
        try
        {
            return Parse(bytes.AsSpan(sizeof(ulong)), fileLength - bytes.Length);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("the header is damaged.", exception);
        }
    }

    private static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength)
    {
        if (JsonNode.Parse(json, documentOptions: Strict) is not JsonObject entries)
            throw new InvalidDataException("the header is no JSON object.");

        var places = new List<(TensorEntry Tensor, long Start, long End)>();
        foreach (var (name, entry) in entries)
        {
            // Python's writers may add an entry of free texts.
            if (name != Metadata)
                places.Add(PlaceOf(name, entry));
        }

        // Stable, and tensors without elements come first.
        places = [.. places.OrderBy(place => place.Start).ThenBy(place => place.End)];
        var offset = 0L;
        foreach (var (tensor, start, end) in places)
        {
            if (start != offset || end - start != tensor.ByteCount)
            {
                throw new InvalidDataException(
                    $"the tensor '{tensor.Name}' of shape {TensorEntry.Describe(tensor.Shape)} is said to be in the bytes from {start} to {end}.");
            }

            offset = end;
        }

        return offset == dataLength ? new SafetensorsHeader(entries[Metadata] as JsonObject, [.. places.Select(place => place.Tensor)])
            : throw new InvalidDataException($"its tensors have {offset} bytes, but there are {dataLength}.");
    }

    private static (TensorEntry Tensor, long Start, long End) PlaceOf(string name, JsonNode? node)
    {
        if (node is JsonObject { Count: 3 } entry && entry["dtype"] is JsonValue type && entry["shape"] is JsonArray shape
            && entry["data_offsets"] is JsonArray { Count: 2 } offsets)
        {
            return (new TensorEntry(name, type.GetValue<string>(), [.. shape.Select(WholeNumber)]), WholeNumber(offsets[0]), WholeNumber(offsets[1]));
        }

        throw new InvalidDataException($"the entry of the tensor '{name}' is damaged.");
    }

    private static long WholeNumber(JsonNode? node) => node?.GetValue<long>() ?? throw new InvalidDataException("a number is missing.");
}
