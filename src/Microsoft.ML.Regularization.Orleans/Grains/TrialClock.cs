namespace Microsoft.ML.Regularization.Orleans;

/// <summary>The clock of leases and stalls. It is not Orleans' own, which measures calls: tests replace the one and not the other.</summary>
internal sealed record TrialClock(TimeProvider Time);
