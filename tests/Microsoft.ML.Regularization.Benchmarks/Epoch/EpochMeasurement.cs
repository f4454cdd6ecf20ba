namespace Microsoft.ML.Regularization.Benchmarks.Epoch;

/// <summary>What one process measured, of the median epoch.</summary>
/// <param name="Seconds">The epoch.</param>
/// <param name="ComputingSeconds">Of this, network, loss and optimizer.</param>
internal sealed record EpochMeasurement(double Seconds, double ComputingSeconds)
{
    /// <summary>The share of the epoch that is not computing: reading, batching and bookkeeping.</summary>
    public double Overhead => 1 - ComputingSeconds / Seconds;
}
