using System.Text;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tokenization;

/// <summary>A file that a vocabulary is made of, kept byte for byte.</summary>
internal sealed class VocabularyFile
{
    // The files of a million tokens take a quarter of this.
    private const int MostBytes = 1 << 26;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _name;
    private readonly byte[] _content;

    private VocabularyFile(string name, byte[] content)
    {
        _name = name;
        _content = content;
        if (content.Length > MostBytes)
            throw Fault($"it has {content.Length} bytes; vocabularies have at most {MostBytes}");
    }

    public ReadOnlyMemory<byte> Content => _content;

    public static VocabularyFile Read(string path, string parameter)
    {
        Contracts.CheckNonWhiteSpace(path, parameter);
        return new VocabularyFile($"file '{path}'", File.ReadAllBytes(path));
    }

    public static VocabularyFile Read(Stream stream, string parameter)
    {
        Contracts.CheckValue(stream, parameter);
        return new VocabularyFile($"stream '{parameter}'", ReadToEnd(stream));
    }

    public static VocabularyFile Load(IExceptionContext context, ModelReader reader, string stream)
    {
        // *** Binary format ***
        // string id: SHA-256 of the file, which is in a stream of its own
        var checksum = reader.ReadText();
        return new VocabularyFile($"stream '{stream}' of the model file", reader.Find(context, stream).Read(checksum, MostBytes));
    }

    public void Save(ModelWriter writer, string stream) => writer.Write(writer.WriteStream(stream, _content));

    public List<string> ReadLines()
    {
        using var reader = new StreamReader(new MemoryStream(_content), Utf8);
        var lines = new List<string>();
        try
        {
            while (reader.ReadLine() is { } line)
                lines.Add(line);
        }
        catch (DecoderFallbackException exception)
        {
            throw Fault("it is not UTF-8 text", exception);
        }

        return lines;
    }

    /// <summary>The error of a file that is no vocabulary.</summary>
    public Exception Fault(string problem, Exception? inner = null) => Contracts.ExceptDecode(inner, $"Vocabulary {_name}: {problem}.");

    private static byte[] ReadToEnd(Stream stream)
    {
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }
}
