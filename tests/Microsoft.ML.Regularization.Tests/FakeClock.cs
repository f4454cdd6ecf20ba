namespace Microsoft.ML.Regularization.Tests;

/// <summary>A clock that goes on only when it is told to, or by a step whenever it is looked at.</summary>
public sealed class FakeClock : TimeProvider
{
    private long _ticks;

    /// <summary>How far it goes on with each look.</summary>
    public TimeSpan Step { get; init; }

    public TimeSpan Now => TimeSpan.FromTicks(Interlocked.Read(ref _ticks));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Interlocked.Add(ref _ticks, Step.Ticks);

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ticks, by.Ticks);
}
