namespace Microsoft.ML.Regularization.Benchmarks.Categories;

/// <summary>What one process measured.</summary>
/// <param name="Seconds">From the call of <c>Fit</c> to the model.</param>
/// <param name="PeakMegabytes">The most memory that the process had at a time.</param>
internal sealed record CategoryMeasurement(double Seconds, double PeakMegabytes);
