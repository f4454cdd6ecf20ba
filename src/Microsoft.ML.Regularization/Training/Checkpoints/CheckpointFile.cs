using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// A checkpoint in the layout of a safetensors file, which Python's safetensors package reads: its metadata holds the description, and the SHA-256 of the
/// whole file computed with zeros in place of the checksum.
/// </summary>
internal static class CheckpointFile
{
    private const string Checksum = "sha256";
    private const string Description = "description";

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
        catch (Exception exception) when (exception is JsonException or EndOfStreamException)
        {
            throw new InvalidDataException("its header or its length is wrong", exception);
        }
    }

    private static CheckpointContent ReadChecked(Stream file)
    {
        var header = SafetensorsHeader.Read(file, file.Length, out var bytes);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var written = TextOf(header, Checksum);
        Encoding.ASCII.GetBytes(NoChecksum).CopyTo(bytes, PlaceOf(bytes, written));
        hash.AppendData(bytes);
        var tensors = new List<CheckpointTensor>();
        foreach (var entry in header.Tensors)
        {
            var elements = new byte[entry.ByteCount];
            file.ReadExactly(elements);
            hash.AppendData(elements);
            tensors.Add(new CheckpointTensor(entry.Name, entry.Type, entry.Shape, elements));
        }

        if (Convert.ToHexString(hash.GetHashAndReset()) != written)
            throw new InvalidDataException("its checksum does not match");
        return JsonNode.Parse(TextOf(header, Description)) is JsonObject description
            ? new CheckpointContent(description, tensors)
            : throw new InvalidDataException("its description is damaged");
    }

    private static string TextOf(SafetensorsHeader header, string name) =>
        header.Texts?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : throw new InvalidDataException($"it lacks the text '{name}'");

    // Metadata values are strings, so the description is stored as JSON text.
    private static byte[] HeaderOf(CheckpointContent content)
    {
        var texts = new JsonObject { [Checksum] = NoChecksum, [Description] = content.Description.ToJsonString() };
        return new SafetensorsHeader(texts, [.. content.Tensors.Select(tensor => tensor.Entry)]).Write();
    }

    // The checksum comes first in the metadata, which comes first in the header.
    private static int PlaceOf(byte[] header, string checksum) =>
        checksum.Length == NoChecksum.Length && header.AsSpan().IndexOf(Encoding.ASCII.GetBytes(checksum)) is var place and >= 0
            ? place
            : throw new InvalidDataException("its checksum is damaged");
}
