namespace Microsoft.ML.Regularization.Benchmarks.Training;

/// <summary>What one process measured.</summary>
/// <param name="RowsPerSecond">Rows trained on, of the median epoch.</param>
/// <param name="BytesPerRow">Managed bytes allocated for each row.</param>
internal sealed record Measurement(double RowsPerSecond, double BytesPerRow)
{
    /// <summary>What a row takes of the processors, whatever else runs on them.</summary>
    public double ProcessorMicroseconds { get; init; }

    /// <summary>Numbers of the network that are learned.</summary>
    public long Parameters { get; init; }
}
