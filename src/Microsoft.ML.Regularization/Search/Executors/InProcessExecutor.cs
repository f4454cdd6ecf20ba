namespace Microsoft.ML.Regularization.Search;

/// <summary>Runs one trial after the other in this process, each on a thread of its own, which nothing can end but itself.</summary>
/// <param name="time">The clock of <see cref="TrialRequest.StallTime"/>.</param>
internal sealed class InProcessExecutor(TimeProvider time) : ITrialExecutor
{
    private const int MaxStalls = 3;

    public int Slots => 1;

    public async Task<TrialResult> RunAsync(TrialRequest request, ITrialRunner runner, CancellationToken cancellationToken)
    {
        for (var stalls = 1; ; stalls++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var watch = new StallWatch(request.StallTime, time, cancellationToken);
            var (progress, token) = (watch, watch.Token);
            var training = Task.Factory.StartNew(
                () => runner.Run(request, progress, token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            if (!await watch.HasEndedAsync(training).ConfigureAwait(false))
            {
                return cancellationToken.IsCancellationRequested
                    ? throw new OperationCanceledException("The trial did not end when it was interrupted: its thread is left behind.", cancellationToken)
                    : TrialResult.Failed(request, $"{watch.Reason} It could not be interrupted either: its thread is left behind.");
            }

            var isStuck = watch.IsStuck && !cancellationToken.IsCancellationRequested;
            try
            {
                var result = await training.ConfigureAwait(false);
                if (!isStuck || !result.IsInterrupted)
                    return result;
            }
            catch (OperationCanceledException) when (isStuck)
            {
                // Before its first epoch was complete.
            }

            if (stalls == MaxStalls)
                return TrialResult.Failed(request, $"{watch.Reason} Tries: {stalls}.");
        }
    }
}
