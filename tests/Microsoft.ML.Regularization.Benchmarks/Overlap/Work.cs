namespace Microsoft.ML.Regularization.Benchmarks.Overlap;

/// <summary>What something took.</summary>
/// <param name="Seconds">By the clock.</param>
/// <param name="ProcessorSeconds">Of all processors together.</param>
internal sealed record Work(double Seconds, double ProcessorSeconds);
