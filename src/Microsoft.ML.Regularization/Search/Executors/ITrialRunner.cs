namespace Microsoft.ML.Regularization;

/// <summary>
/// What runs trials in a process: it has the rows, of which requests tell only the fingerprint. <see cref="TrialRunner"/> runs those of a search, <see cref="GroupRunner"/> those of a model for each
/// group. A program that works in several processes or on several machines makes the same runner in each.
/// </summary>
public interface ITrialRunner
{
    /// <summary>Tells apart what would not give the same trials.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    string Fingerprint { get; }

    /// <summary>Runs a trial. The same request gives the same result wherever it runs, with as many threads.</summary>
    /// <param name="request">Which trial, and how far.</param>
    /// <param name="progress">Is told of every epoch, on the training thread. Default: null.</param>
    /// <param name="cancellationToken">Interrupts it at the next batch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The request has another fingerprint.</exception>
    /// <exception cref="IOException">The folder is gone, or full.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted before there was a result.</exception>
    TrialResult Run(TrialRequest request, IProgress<EpochReport>? progress = null, CancellationToken cancellationToken = default);
}
