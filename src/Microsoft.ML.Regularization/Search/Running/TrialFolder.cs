using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.Regularization.Search;

/// <summary>The files of one trial: its checkpoints and its model. One worker has it at a time.</summary>
internal sealed class TrialFolder : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _lock;

    private TrialFolder(string path, FileStream @lock) => (Checkpoints, _lock) = (path, @lock);

    public string Checkpoints { get; }

    public static string PathOf(string search, int trial) => Path.Combine(search, "trials", trial.ToString("0000", CultureInfo.InvariantCulture));

    public static string ModelOf(string search, int trial) => Path.Combine(PathOf(search, trial), "model.zip");

    /// <summary>Waits until nobody else has it: a worker that was taken for dead may still be about to end.</summary>
    /// <exception cref="IOException">The folder cannot be written to, or somebody keeps it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled meanwhile.</exception>
    public static TrialFolder Open(string search, int trial, CancellationToken cancellationToken)
    {
        var path = PathOf(search, trial);
        Directory.CreateDirectory(path);
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new TrialFolder(path, new FileStream(Path.Combine(path, "worker"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (Stopwatch.GetElapsedTime(start) < Patience)
            {
                cancellationToken.WaitHandle.WaitOne(Pause);
            }
        }
    }

    public void Dispose() => _lock.Dispose();
}
