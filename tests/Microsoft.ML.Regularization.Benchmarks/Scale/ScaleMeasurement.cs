namespace Microsoft.ML.Regularization.Benchmarks.Scale;

/// <summary>What one process measured.</summary>
/// <param name="Seconds">All that the median run took.</param>
/// <param name="EpochSeconds">Of this, the epoch itself; 0 for scoring.</param>
/// <param name="ProcessorSeconds">Of all its threads, which other programs on the machine disturb less.</param>
/// <param name="PeakMegabytes">The most memory that the process held.</param>
internal sealed record ScaleMeasurement(double Seconds, double EpochSeconds, double ProcessorSeconds, double PeakMegabytes);
