namespace Microsoft.ML.Regularization.Benchmarks.Overlap;

/// <summary>What one process measured.</summary>
/// <param name="Reading">A pass over the rows that does nothing with them.</param>
/// <param name="Network">An epoch over as many rows that are in memory.</param>
/// <param name="Epoch">An epoch over rows that are read while it runs.</param>
internal sealed record OverlapMeasurement(Work Reading, Work Network, Work Epoch)
{
    /// <summary>What the processors need at the least: the slower of both, or their work shared out among all processors.</summary>
    public double Bound => new[] { Reading.Seconds, Network.Seconds, (Reading.ProcessorSeconds + Network.ProcessorSeconds) / Environment.ProcessorCount }.Max();
}
