using System.Globalization;
using Microsoft.ML.Regularization.Foundation;

namespace Microsoft.ML.Regularization.Search;

/// <summary>The files of one trial: its checkpoints and its model. One worker has it at a time.</summary>
internal sealed class TrialFolder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _lock;

    private TrialFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    /// <summary>Where checkpoints are.</summary>
    public string Path { get; }

    public static string PathOf(string search, int trial) => System.IO.Path.Combine(search, "trials", trial.ToString("0000", CultureInfo.InvariantCulture));

    public static string ModelOf(string search, int trial) => System.IO.Path.Combine(PathOf(search, trial), "model.zip");

    /// <summary>
    /// Waits until nobody else has it: a worker that was taken for dead may still be about to end. One that is stuck keeps its folder, and the next one goes on in another, with its
    /// checkpoint.
    /// </summary>
    /// <exception cref="IOException">The folder of the search is gone, or cannot be written to.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled meanwhile.</exception>
    public static TrialFolder Open(string search, int trial, TimeProvider time, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(search))
            throw new DirectoryNotFoundException($"The folder of the search, '{search}', is gone, or this machine does not see it.");
        for (List<string> kept = []; ;)
        {
            var path = kept.Count == 0 ? PathOf(search, trial) : string.Create(CultureInfo.InvariantCulture, $"{PathOf(search, trial)}-{kept.Count}");
            if (Take(System.IO.Path.Combine(path, "worker"), time, cancellationToken) is { } held)
            {
                if (kept.LastOrDefault(TrialCheckpoints.Exist) is { } other && !TrialCheckpoints.Exist(path))
                    TrialCheckpoints.Copy(other, path);
                return new TrialFolder(path, held);
            }

            kept.Add(path);
        }
    }

    /// <inheritdoc cref="TrialCheckpoints.Mend"/>
    public string? Mend() => TrialCheckpoints.Mend(Path);

    /// <inheritdoc cref="TrialCheckpoints.Keep"/>
    public void Keep() => TrialCheckpoints.Keep(Path);

    /// <summary>Makes sure that the folder can be written to.</summary>
    /// <exception cref="IOException">It cannot.</exception>
    public void Check()
    {
        var probe = System.IO.Path.Combine(Path, "probe");
        AtomicFile.Replace(probe, new byte[4096]);
        File.Delete(probe);
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream? Take(string path, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (LockFile.TryTake(path) is { } held)
                return held;
            if (time.GetElapsedTime(start) > Patience)
                return null;
            cancellationToken.WaitHandle.WaitOne(Pause);
        }
    }
}
