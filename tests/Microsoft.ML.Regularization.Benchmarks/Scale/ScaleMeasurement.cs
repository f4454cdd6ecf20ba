namespace Microsoft.ML.Regularization.Benchmarks.Scale;

/// <summary>What one process measured.</summary>
/// <param name="Seconds">Of the median pass.</param>
/// <param name="PeakMegabytes">The most memory that the process held.</param>
internal sealed record ScaleMeasurement(double Seconds, double PeakMegabytes);
