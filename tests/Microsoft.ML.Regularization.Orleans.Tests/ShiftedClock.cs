namespace Microsoft.ML.Regularization.Orleans.Tests;

/// <summary>The clock of a machine that shows another time, which may jump. What it measures is right, as with every machine.</summary>
internal sealed class ShiftedClock(TimeSpan by) : TimeProvider
{
    /// <summary>How far it is ahead; negative where it is behind.</summary>
    public TimeSpan By { get; set; } = by;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
}
