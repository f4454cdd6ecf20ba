using System.Diagnostics;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>The silos of a cluster, in a file of a folder that all of them share. It is replaced as a whole, by one of them at a time.</summary>
internal sealed class ClusterFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _folder;
    private readonly string _path;
    private bool _isKnown;

    /// <exception cref="IOException">The folder cannot be made.</exception>
    public ClusterFile(string folder)
    {
        Directory.CreateDirectory(folder);
        _folder = folder;
        _path = Path.Combine(folder, "cluster.json");
    }

    /// <exception cref="IOException">The file was there and is gone, or cannot be read.</exception>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public ClusterContent Read()
    {
        try
        {
            var content = JsonSerializer.Deserialize<ClusterContent>(File.ReadAllBytes(_path)) ?? throw new JsonException("There is nothing in it.");
            _isKnown = true;
            return content;
        }
        catch (FileNotFoundException) when (!_isKnown)
        {
            return new ClusterContent();
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The cluster's file '{_path}' is damaged: {exception.Message} Stop all silos, and delete it.", exception);
        }
    }

    /// <summary>Changes the content while nobody else does.</summary>
    /// <param name="change">Changes it; false where it is to stay as it is.</param>
    /// <returns>What the change returned.</returns>
    /// <exception cref="IOException">The folder is gone or full, or the file cannot be written; the message names it.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public async Task<bool> ChangeAsync(Func<ClusterContent, bool> change)
    {
        using var held = await LockAsync().ConfigureAwait(false);
        var content = Read();
        if (!change(content))
            return false;

        Replace(content);
        return true;
    }

    private void Replace(ClusterContent content)
    {
        var temporary = _path + ".tmp";
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                JsonSerializer.Serialize(file, content);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, _path, overwrite: true);
            _isKnown = true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // The next one who writes writes over what is left.
            throw new IOException($"The cluster's file '{_path}' could not be written, and is as it was: {exception.Message}", exception);
        }
    }

    /// <summary>How far the clock of whoever keeps the folder is ahead of one, in whole seconds; negative where it is behind.</summary>
    /// <exception cref="IOException">The folder is gone or full.</exception>
    public TimeSpan AheadOf(TimeProvider clock)
    {
        var path = Path.Combine(_folder, $"clock-{Guid.NewGuid():N}");
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1, FileOptions.DeleteOnClose);
        return TimeSpan.FromSeconds(Math.Round((File.GetLastWriteTimeUtc(path) - clock.GetUtcNow().UtcDateTime).TotalSeconds));
    }

    // The lock of a process that dies ends with it.
    private async Task<FileStream> LockAsync()
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException exception) when (exception.GetType() == typeof(IOException) && Stopwatch.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(Pause).ConfigureAwait(false);
            }
        }
    }
}
