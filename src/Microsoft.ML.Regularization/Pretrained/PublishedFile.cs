using System.Security.Cryptography;

namespace Microsoft.ML.Regularization.Pretrained;

/// <summary>An open file of weights.</summary>
internal sealed class PublishedFile : IDisposable
{
    private readonly Stream? _stream;

    private PublishedFile(IReadOnlyList<PublishedTensor> tensors, string sha256, Stream? stream) => (Tensors, Sha256, _stream) = (tensors, sha256, stream);

    /// <summary>Its tensors, in its order.</summary>
    public IReadOnlyList<PublishedTensor> Tensors { get; }

    /// <summary>The hash of its content.</summary>
    public string Sha256 { get; }

    /// <summary>What it says of the pre-training that made it; null where it is of none.</summary>
    public PretrainingOrigin? Origin { get; private init; }

    /// <param name="path">The file.</param>
    /// <param name="isOnnx">Whether it is an ONNX file, else a safetensors file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is no such file; the message names it.</exception>
    public static PublishedFile Open(string path, bool isOnnx)
    {
        try
        {
            return isOnnx ? OpenOnnx(path) : Open(File.OpenRead(path));
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"'{path}' is not read as {(isOnnx ? "an ONNX" : "a safetensors")} file: {exception.Message}", exception);
        }
    }

    public void Dispose() => _stream?.Dispose();

    private static PublishedFile OpenOnnx(string path)
    {
        if (new FileInfo(path) is { Exists: true, Length: var length } && length > Array.MaxLength)
            throw new InvalidDataException($"it has {length} bytes, and an ONNX file has at most 2 GB.");
        var bytes = File.ReadAllBytes(path);
        return new PublishedFile(TensorsOf(bytes), Convert.ToHexString(SHA256.HashData(bytes)), stream: null);
    }

    /// <summary>The tensors of an ONNX file, by the names that follow from its graph where they have none.</summary>
    public static IReadOnlyList<PublishedTensor> TensorsOf(ReadOnlyMemory<byte> onnx)
    {
        var graph = OnnxGraphFile.Read(onnx);
        graph = graph with { Tensors = OnnxMatrixNames.Of(graph) };
        return OnnxResidualNames.Of(graph);
    }

    /// <summary>The safetensors file in a stream, which is disposed of with it.</summary>
    public static PublishedFile Open(Stream stream)
    {
        try
        {
            var (tensors, texts) = SafetensorsFile.Read(stream);
            stream.Position = 0;
            return new PublishedFile(tensors, Convert.ToHexString(SHA256.HashData(stream)), stream) { Origin = PretrainingOrigin.Of(texts) };
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
