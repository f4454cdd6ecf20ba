using Microsoft.ML.Data;

namespace DistributedSearch;

/// <summary>A row of digits.csv.</summary>
internal sealed class Digit
{
    public const int Pixels = 64;

    [LoadColumn(0)]
    public float Label { get; set; }

    /// <summary>From 0 (paper) to 16 (ink).</summary>
    [LoadColumn(1, Pixels)]
    [VectorType(Pixels)]
    public float[] Features { get; set; } = [];
}
