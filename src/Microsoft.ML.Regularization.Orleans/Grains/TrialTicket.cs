namespace Microsoft.ML.Regularization.Orleans;

/// <summary>What a grain knows of a trial. Times are measured by the grain's own machine, and not read off a clock, so clocks may differ and jump.</summary>
/// <param name="asked">The trial.</param>
/// <param name="time">Measures.</param>
internal sealed class TrialTicket(AskedTrial asked, TimeProvider time)
{
    // For a worker that was interrupted, and may have a batch to end and a checkpoint to write.
    private static readonly TimeSpan InterruptTime = TimeSpan.FromMinutes(1);

    private long _asked = time.GetTimestamp();
    private long _heard;
    private long _progressed;
    private long? _cancelled;
    private int _epochs;

    public AskedTrial Asked => asked;

    public TrialRequest Request { get; } = TrialRequest.FromJson(asked.Request);

    /// <summary>Whose turn it is; null while it waits for a worker.</summary>
    public string? Lease { get; private set; }

    public int Deaths { get; private set; }

    /// <summary>Whether the search itself has asked for it, and not only a worker told of it.</summary>
    public bool IsAsked { get; private set; }

    public bool IsCancelled => _cancelled is not null;

    /// <summary>The reply, once there is one.</summary>
    public TaskCompletionSource<string> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsWaiting => Lease is null && !Reply.Task.IsCompleted;

    /// <summary>Why the worker has lost the trial; null where it has not.</summary>
    public string? Fault =>
        Lease is null || Reply.Task.IsCompleted ? null
        : time.GetElapsedTime(_heard) > asked.LeaseTime ? "Its worker fell silent."
        : time.GetElapsedTime(_progressed) > Request.StallTime ? $"No epoch ended for {Request.StallTime} ({nameof(SearchOptions.StallTime)})."
        : _cancelled is { } since && time.GetElapsedTime(since) > InterruptTime ? "Its worker did not end when it was interrupted."
        : null;

    /// <summary>How long the search has not asked for it.</summary>
    public TimeSpan Unasked => time.GetElapsedTime(_asked);

    public void Ask() => (_asked, IsAsked) = (time.GetTimestamp(), true);

    public void Cancel() => _cancelled ??= time.GetTimestamp();

    public void GiveTo(string lease)
    {
        (Lease, _epochs) = (lease, 0);
        _heard = _progressed = time.GetTimestamp();
    }

    /// <summary>The worker has told of itself.</summary>
    public void Hear(int epochs)
    {
        _heard = time.GetTimestamp();
        if (epochs != _epochs)
            (_epochs, _progressed) = (epochs, _heard);
    }

    /// <summary>Takes the trial from a worker that is silent or stuck.</summary>
    public void TakeBack()
    {
        Lease = null;
        Deaths++;
    }
}
