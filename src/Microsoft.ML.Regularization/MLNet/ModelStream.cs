using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.MLNet;

/// <summary>
/// A stream of a model file with a checksum. It is read as it is inflated: ML.NET would first write all of it into a temporary file, however much that is.
/// </summary>
internal sealed class ModelStream
{
    private readonly IExceptionContext _context;
    private readonly string _name;
    private readonly ZipArchiveEntry _entry;

    private ModelStream(IExceptionContext context, string name, ZipArchiveEntry entry) => (_context, _name, _entry) = (context, name, entry);

    /// <summary>The number of bytes that the file states.</summary>
    public long Length => _entry.Length;

    /// <exception cref="FormatException">There is no such stream.</exception>
    public static ModelStream Find(IExceptionContext context, ModelLoadContext ctx, string name)
    {
        context.CheckDecode(ctx.InRepository, "A model of this kind is read from a model file, not from a single stream.");
        var entries = Entries(ctx.Repository);
        var path = Path.Combine(ctx.Directory ?? "", name);

        // Archives that were written on Windows have its separators.
        var entry = entries.GetValueOrDefault(path) ?? entries.GetValueOrDefault(path.Replace('/', '\\'));
        return new ModelStream(context, name, entry ?? throw context.ExceptDecode($"The model file lacks the stream '{name}'."));
    }

    /// <summary>Writes a stream.</summary>
    /// <returns>Its checksum.</returns>
    public static string Write(ModelSaveContext ctx, string name, byte[] content)
    {
        ctx.SaveBinaryStream(name, writer => writer.Write(content));
        return Checksum(content);
    }

    public static string Checksum(byte[] content) => Convert.ToHexString(SHA256.HashData(content));

    /// <exception cref="FormatException">There are more bytes, or others than those that were written.</exception>
    public byte[] Read(string checksum, int mostBytes)
    {
        CheckLength(mostBytes);
        return Read(checksum, (stream, length) =>
        {
            var content = new byte[length];
            stream.ReadExactly(content);
            return content;
        });
    }

    /// <summary>Reads what is in the stream.</summary>
    /// <param name="checksum">Of the bytes.</param>
    /// <param name="read">Is given the stream and its length, and may read as much. What it throws of <see cref="InvalidDataException"/> is told.</param>
    /// <exception cref="FormatException">The stream cannot be read, or has other bytes than those that were written.</exception>
    public T Read<T>(string checksum, Func<Stream, long, T> read)
    {
        using var hash = SHA256.Create();
        using var stream = new CryptoStream(Open(), hash, CryptoStreamMode.Read);
        try
        {
            var content = read(stream, Length);
            CheckEnd(stream, hash, checksum);
            return content;
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException)
        {
            // Of a file that was altered by accident the checksum says so most plainly.
            TryCheckEnd(stream, hash, checksum);
            throw Fault($"cannot be read: {exception.Message}", exception);
        }
    }

    /// <exception cref="FormatException">There are more bytes.</exception>
    public void CheckLength(long mostBytes)
    {
        if (Length > mostBytes)
            throw Fault($"has {Length} bytes, more than the {mostBytes} that it can need.");
    }

    /// <summary>The error of a stream that does not hold what it should.</summary>
    public Exception Fault(string problem, Exception? inner = null) => _context.ExceptDecode(inner, $"The stream '{_name}' of the model file {problem}");

    private Stream Open()
    {
        try
        {
            return _entry.Open();
        }
        catch (InvalidDataException exception)
        {
            throw Fault($"cannot be read: {exception.Message}", exception);
        }
    }

    private void TryCheckEnd(CryptoStream stream, SHA256 hash, string checksum)
    {
        try
        {
            CheckEnd(stream, hash, checksum);
        }
        catch (InvalidDataException)
        {
        }
    }

    private void CheckEnd(CryptoStream stream, SHA256 hash, string checksum)
    {
        stream.CopyTo(Stream.Null);
        if (Convert.ToHexString(hash.Hash!) != checksum)
            throw Fault("was altered or cut short: its checksum does not match.");
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_entries")]
    private static extern ref readonly Dictionary<string, ZipArchiveEntry> Entries(RepositoryReader repository);
}
