namespace Microsoft.ML.Regularization.Search;

/// <summary>The time that a search has taken, over all processes in which it went on, and what ends it.</summary>
internal sealed class SearchClock : IDisposable
{
    private readonly TimeProvider _time;
    private readonly TimeSpan? _limit;
    private readonly TimeSpan _before;
    private readonly long _start;
    private readonly CancellationTokenSource _timeout;
    private readonly CancellationTokenSource _either;

    /// <param name="time">The clock.</param>
    /// <param name="limit">When the search is to end; null for none.</param>
    /// <param name="before">Seconds that it had taken before; of a search whose time was over they do not count.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public SearchClock(TimeProvider time, TimeSpan? limit, double before, CancellationToken cancellationToken)
    {
        (_time, _limit, _start) = (time, limit, time.GetTimestamp());
        _before = TimeSpan.FromSeconds(before);
        if (_before >= limit)
            _before = TimeSpan.Zero;
        _timeout = limit is { } all ? new CancellationTokenSource(all - _before, time) : new CancellationTokenSource();
        _either = CancellationTokenSource.CreateLinkedTokenSource(_timeout.Token, cancellationToken);
    }

    public CancellationToken Token => _either.Token;

    public double Seconds => Elapsed.TotalSeconds;

    /// <summary>Null without a limit.</summary>
    public TimeSpan? Left => _limit - Elapsed;

    /// <summary>Whether the limit was reached.</summary>
    public bool IsOver => _timeout.IsCancellationRequested;

    private TimeSpan Elapsed => _before + _time.GetElapsedTime(_start);

    public void Dispose()
    {
        _either.Dispose();
        _timeout.Dispose();
    }
}
