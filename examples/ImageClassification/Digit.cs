using Microsoft.ML.Data;

namespace ImageClassification;

/// <summary>A row of digits.csv.</summary>
internal sealed class Digit
{
    public const int Side = 8;

    [LoadColumn(0)]
    public float Label { get; set; }

    /// <summary>Pixels row by row, from 0 (paper) to 16 (ink).</summary>
    [LoadColumn(1, Side * Side)]
    [VectorType(Side * Side)]
    public float[] Features { get; set; } = [];
}
