namespace Microsoft.ML.Regularization.Tests;

/// <summary>A clock that goes on only when it is told to, or by a step whenever it is looked at. Its timers go off when it is told to go on, once each.</summary>
public sealed class FakeClock : TimeProvider
{
    private readonly List<Timer> _timers = [];
    private long _ticks;

    /// <summary>How far it goes on with each look.</summary>
    public TimeSpan Step { get; init; }

    /// <summary>Is told of each timer that is set, and of when it will go off.</summary>
    public Action<TimeSpan>? TimerSet { get; set; }

    public TimeSpan Now => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, Step.Ticks);

    public void Advance(TimeSpan by)
    {
        var now = Interlocked.Add(ref _ticks, by.Ticks);
        List<Timer> due;
        lock (_timers)
        {
            due = _timers.FindAll(timer => timer.Due <= now);
            _timers.RemoveAll(due.Contains);
        }

        due.ForEach(timer => timer.GoOff());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(FakeClock clock, Action callback) : ITimer
    {
        public long Due { get; private set; }

        public void GoOff() => callback();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            Dispose();
            if (dueTime == Timeout.InfiniteTimeSpan)
                return true;
            lock (clock._timers)
            {
                Due = (clock.Now + dueTime).Ticks;
                clock._timers.Add(this);
            }

            clock.TimerSet?.Invoke(dueTime);
            return true;
        }

        public void Dispose()
        {
            lock (clock._timers)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
