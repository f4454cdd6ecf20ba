namespace Microsoft.ML.Regularization.Benchmarks.Photos;

/// <summary>How fast photographs came.</summary>
/// <param name="Rate">Photographs a second.</param>
/// <param name="ProcessorMilliseconds">Of all processors together, for one.</param>
internal sealed record PhotoSpeed(double Rate, double ProcessorMilliseconds)
{
    /// <summary>The best of both.</summary>
    public PhotoSpeed Best(PhotoSpeed other) => new(Math.Max(Rate, other.Rate), Math.Min(ProcessorMilliseconds, other.ProcessorMilliseconds));
}
