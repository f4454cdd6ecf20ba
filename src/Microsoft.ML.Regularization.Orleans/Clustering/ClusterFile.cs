using System.Diagnostics;
using System.Text.Json;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>The silos of a cluster, in a file of a folder that all of them share. It is replaced as a whole, by one of them at a time.</summary>
internal sealed class ClusterFile
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly string _path;

    /// <exception cref="IOException">The folder cannot be made.</exception>
    public ClusterFile(string folder)
    {
        Directory.CreateDirectory(folder);
        _path = Path.Combine(folder, "cluster.json");
    }

    public ClusterContent Read() => File.Exists(_path)
        ? JsonSerializer.Deserialize<ClusterContent>(File.ReadAllBytes(_path)) ?? new ClusterContent()
        : new ClusterContent();

    /// <summary>Changes the content while nobody else does.</summary>
    /// <param name="change">Changes it; false where it is to stay as it is.</param>
    /// <returns>What the change returned.</returns>
    /// <exception cref="IOException">The folder is gone, or full.</exception>
    public async Task<bool> ChangeAsync(Func<ClusterContent, bool> change)
    {
        using var held = await LockAsync().ConfigureAwait(false);
        var content = Read();
        if (!change(content))
            return false;

        var temporary = _path + ".tmp";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            JsonSerializer.Serialize(file, content);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, _path, overwrite: true);
        return true;
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
            catch (IOException) when (Stopwatch.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(Pause).ConfigureAwait(false);
            }
        }
    }
}
