using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The folder of one run, locked against other runs while this one uses it.</summary>
internal sealed class CheckpointFolder : IDisposable
{
    private const string LockName = "lock";

    private readonly FileStream _lock;

    private CheckpointFolder(CheckpointOptions options, FileStream @lock) => (Options, _lock) = (options, @lock);

    public CheckpointOptions Options { get; }

    /// <exception cref="ArgumentOutOfRangeException">The folder cannot be created or written to, or another run uses it.</exception>
    public static CheckpointFolder Open(IHost host, CheckpointOptions options)
    {
        try
        {
            Directory.CreateDirectory(options.Folder);
            var probe = Path.Combine(options.Folder, Path.GetRandomFileName());
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw host.ExceptUserArg(
                nameof(options.Folder), $"Checkpoints cannot be written into the folder '{options.Folder}': {exception.Message} Take another Folder.");
        }

        try
        {
            // The operating system releases the lock of a killed process. The file remains, but its existence alone has no meaning.
            var path = Path.Combine(options.Folder, LockName);
            return new CheckpointFolder(options, new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw host.ExceptUserArg(
                nameof(options.Folder),
                $"Another run is writing checkpoints into the folder '{options.Folder}': wait for its end, or take another Folder. ({exception.Message})");
        }
    }

    public string PathOf(string name) => Path.Combine(Options.Folder, name + ".safetensors");

    /// <exception cref="IOException">The file could not be written; the previous one is intact.</exception>
    public void Replace(string name, Action<Stream> write)
    {
        var path = PathOf(name);

        // The lock makes this run the only writer; files left by a killed run are overwritten.
        AtomicFile.Replace(path, path + ".tmp", write, Options.Through);
    }

    public void Dispose() => _lock.Dispose();
}
