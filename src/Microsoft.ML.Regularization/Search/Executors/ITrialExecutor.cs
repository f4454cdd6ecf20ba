namespace Microsoft.ML.Regularization;

/// <summary>Runs the trials of a search somewhere: in this process, in others, on other machines.</summary>
public interface ITrialExecutor
{
    /// <summary>How many trials it runs at the same time, at least 1.</summary>
    int Slots { get; }

    /// <summary>
    /// Runs a trial. One whose worker dies is run again, where it goes on from its checkpoint. What comes of a trial does not depend on where it runs, so a search gives the
    /// same result with any executor whose workers compute with as many threads.
    /// </summary>
    /// <param name="request">Which trial, and how far.</param>
    /// <param name="runner">Runs it in this process.</param>
    /// <param name="cancellationToken">Interrupts it at the next batch.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="OperationCanceledException">It was interrupted before its first epoch was complete.</exception>
    /// <exception cref="InvalidOperationException">No worker could run it.</exception>
    /// <exception cref="IOException">The folder of the search is gone, or full.</exception>
    Task<TrialResult> RunAsync(TrialRequest request, ITrialRunner runner, CancellationToken cancellationToken);
}
