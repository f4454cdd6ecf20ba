using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A checkpoint in the layout of a safetensors file, which Python's safetensors package reads: its free text holds the description, and the SHA-256 of the
/// whole file as it is with zeros in the checksum's place.
/// </summary>
internal static class CheckpointFile
{
    private const string Metadata = "__metadata__";
    private const string Checksum = "sha256";
    private const string Description = "description";
    private const int Alignment = 8;

    private static readonly string NoChecksum = new('0', 2 * SHA256.HashSizeInBytes);

    public static void Write(Stream file, CheckpointContent content)
    {
        var header = HeaderOf(content);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach (var tensor in content.Tensors)
            hash.AppendData(tensor.Bytes);

        Encoding.ASCII.GetBytes(Convert.ToHexString(hash.GetHashAndReset())).CopyTo(header, PlaceOf(header, NoChecksum));
        file.Write(header);
        foreach (var tensor in content.Tensors)
            file.Write(tensor.Bytes);
    }

    /// <exception cref="InvalidDataException">The file is damaged or cut short.</exception>
    public static CheckpointContent Read(Stream file)
    {
        try
        {
            return ReadChecked(file);
        }
        catch (Exception exception) when (
            exception is JsonException or InvalidOperationException or NullReferenceException or FormatException or OverflowException or ArgumentException
            or EndOfStreamException)
        {
            throw new InvalidDataException("its header or its length is wrong", exception);
        }
    }

    private static CheckpointContent ReadChecked(Stream file)
    {
        var header = new byte[sizeof(ulong)];
        file.ReadExactly(header);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(header);
        if (length > (ulong)(file.Length - sizeof(ulong)))
            throw new EndOfStreamException();

        Array.Resize(ref header, checked((int)length + sizeof(ulong)));
        file.ReadExactly(header.AsSpan(sizeof(ulong)));
        var entries = JsonNode.Parse(header.AsSpan(sizeof(ulong)))!.AsObject();
        var metadata = entries[Metadata]!;
        var tensors = new List<CheckpointTensor>();
        foreach (var (name, entry) in entries.Where(entry => entry.Key != Metadata))
        {
            var (start, end) = (entry!["data_offsets"]![0]!.GetValue<long>(), entry["data_offsets"]![1]!.GetValue<long>());
            if (end - start > file.Length - file.Position)
                throw new EndOfStreamException();
            var bytes = new byte[end - start];
            file.ReadExactly(bytes);
            var shape = entry["shape"]!.AsArray().Select(size => size!.GetValue<long>());
            tensors.Add(new CheckpointTensor(name, entry["dtype"]!.GetValue<string>(), [.. shape], bytes));
        }

        var written = metadata[Checksum]!.GetValue<string>();
        Encoding.ASCII.GetBytes(NoChecksum).CopyTo(header, PlaceOf(header, written));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(header);
        foreach (var tensor in tensors)
            hash.AppendData(tensor.Bytes);
        if (file.Position != file.Length || Convert.ToHexString(hash.GetHashAndReset()) != written)
            throw new InvalidDataException("its checksum does not match");
        return new CheckpointContent(JsonNode.Parse(metadata[Description]!.GetValue<string>())!.AsObject(), tensors);
    }

    private static byte[] HeaderOf(CheckpointContent content)
    {
        // Free text is text: the description is JSON within it.
        var entries = new JsonObject
        {
            [Metadata] = new JsonObject { [Checksum] = NoChecksum, [Description] = content.Description.ToJsonString() },
        };
        var offset = 0L;
        foreach (var tensor in content.Tensors)
        {
            entries[tensor.Name] = new JsonObject
            {
                ["dtype"] = tensor.Type,
                ["shape"] = new JsonArray([.. tensor.Shape.Select(size => JsonValue.Create(size))]),
                ["data_offsets"] = new JsonArray(offset, offset + tensor.Bytes.Length),
            };
            offset += tensor.Bytes.Length;
        }

        var json = JsonSerializer.SerializeToUtf8Bytes(entries);
        var length = (json.Length + Alignment - 1) / Alignment * Alignment;
        var header = new byte[sizeof(ulong) + length];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)length);
        header.AsSpan(sizeof(ulong)).Fill((byte)' ');
        json.CopyTo(header, sizeof(ulong));
        return header;
    }

    // The checksum stands first in the free text, which stands first in the header.
    private static int PlaceOf(byte[] header, string checksum) =>
        header.AsSpan().IndexOf(Encoding.ASCII.GetBytes(checksum)) is var place and >= 0 ? place : throw new FormatException("no checksum");
}
