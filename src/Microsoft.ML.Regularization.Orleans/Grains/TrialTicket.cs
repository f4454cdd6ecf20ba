using System.Diagnostics;

namespace Microsoft.ML.Regularization.Orleans;

/// <summary>What a grain knows of a trial. Times are measured by the clock of the grain's own machine, so those of others may differ.</summary>
internal sealed class TrialTicket(AskedTrial asked)
{
    private long _heard;
    private long _asked = Stopwatch.GetTimestamp();

    public AskedTrial Asked => asked;

    /// <summary>Whose turn it is; null while it waits for a worker.</summary>
    public string? Lease { get; private set; }

    public int Deaths { get; private set; }

    public bool IsCancelled { get; set; }

    /// <summary>The reply, once there is one.</summary>
    public TaskCompletionSource<string> Reply { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool IsWaiting => Lease is null && !Reply.Task.IsCompleted;

    /// <summary>Whether the worker has been silent for too long.</summary>
    public bool IsOverdue => Lease is not null && !Reply.Task.IsCompleted && Stopwatch.GetElapsedTime(_heard) > asked.LeaseTime;

    /// <summary>How long the search has not asked for it.</summary>
    public TimeSpan Unasked => Stopwatch.GetElapsedTime(_asked);

    public void Ask() => _asked = Stopwatch.GetTimestamp();

    public void GiveTo(string lease)
    {
        Lease = lease;
        Hear();
    }

    public void Hear() => _heard = Stopwatch.GetTimestamp();

    /// <summary>Takes the trial from a worker that is silent.</summary>
    public void TakeBack()
    {
        Lease = null;
        Deaths++;
    }
}
