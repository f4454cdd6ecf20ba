namespace Microsoft.ML.Regularization.Search;

/// <summary>Interrupts a trial that ends no epoch for too long, or whose search is over.</summary>
internal sealed class StallWatch : IProgress<EpochReport>, IDisposable
{
    // For whoever was interrupted, and may have a batch to end and a checkpoint to write.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stall;
    private readonly CancellationTokenSource _either;

    /// <param name="limit">How long there may be no sign of progress.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public StallWatch(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        (_limit, _time) = (limit, time);
        _stall = new CancellationTokenSource(limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(_stall.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    /// <summary>Whether there was no sign of progress for too long.</summary>
    public bool IsStuck => _stall.IsCancellationRequested;

    /// <summary>Why a trial has failed that was stuck.</summary>
    public string Reason => $"No epoch ended for {_limit} ({nameof(TrialRequest.StallTime)}).";

    public void Report(EpochReport value) => Hear();

    /// <summary>There was a sign of progress.</summary>
    public void Hear()
    {
        try
        {
            _stall.CancelAfter(_limit);
        }
        catch (ObjectDisposedException)
        {
            // A thread that was left behind goes on after all.
        }
    }

    /// <summary>Waits for the end of a trial; once it was interrupted, only for a while.</summary>
    /// <returns>Whether it has ended.</returns>
    public async Task<bool> HasEndedAsync(Task trial)
    {
        var interrupted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (Token.Register(interrupted.SetResult).ConfigureAwait(false))
            await Task.WhenAny(trial, interrupted.Task).ConfigureAwait(false);
        if (!trial.IsCompleted)
            await Task.WhenAny(trial, Task.Delay(Patience, _time, CancellationToken.None)).ConfigureAwait(false);
        return trial.IsCompleted;
    }

    public void Dispose()
    {
        _either.Dispose();
        _stall.Dispose();
    }
}
