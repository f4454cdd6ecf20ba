using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.Regularization.Tests.Scoring.ModelFiles;

/// <summary>A model file taken to pieces, of which one can be changed by somebody who knows how to write checksums.</summary>
internal sealed class ModelFile
{
    public ModelFile(ITransformer model, DataViewSchema schema)
    {
        using var file = new MemoryStream();
        new MLContext().Model.Save(model, schema, file);
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        foreach (var entry in zip.Entries)
        {
            using var content = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(content);
            Entries[entry.FullName] = content.ToArray();
        }
    }

    public Dictionary<string, byte[]> Entries { get; } = [];

    /// <summary>The streams that have a checksum.</summary>
    public List<string> Checked => [.. Entries.Keys.Where(name => KeyOf(name) is { } key && Find(Entries[key], ChecksumOf(Entries[name])) >= 0).Order(StringComparer.Ordinal)];

    /// <summary>The path of the one stream whose name ends so.</summary>
    public string Path(string end) => Entries.Keys.Single(name => name.EndsWith(end, StringComparison.Ordinal));

    /// <summary>The file with another stream, and its checksum, under the same or another name; null removes the stream.</summary>
    public byte[] With(string name, byte[]? content)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, bytes) in Entries)
            {
                var written = path == name ? content : path == KeyOf(name) && content is not null ? WithChecksum(bytes, Entries[name], content) : bytes;
                if (written is null)
                    continue;
                using var stream = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
                stream.Write(written);
            }
        }

        return file.ToArray();
    }

    public static ITransformer Load(byte[] file) => new MLContext().Model.Load(new MemoryStream(file), out _);

    private string? KeyOf(string name)
    {
        var key = name[..(name.LastIndexOf('/') + 1)] + "Model.key";
        return key != name && Entries.ContainsKey(key) ? key : null;
    }

    private static byte[] WithChecksum(byte[] key, byte[] before, byte[] after)
    {
        key = [.. key];
        var place = Find(key, ChecksumOf(before));
        if (place >= 0)
            ChecksumOf(after).CopyTo(key, place);
        return key;
    }

    // ML.NET keeps its strings in UTF-16.
    private static byte[] ChecksumOf(byte[] content) => Encoding.Unicode.GetBytes(Convert.ToHexString(SHA256.HashData(content)));

    private static int Find(byte[] bytes, byte[] part) => bytes.AsSpan().IndexOf(part);
}
