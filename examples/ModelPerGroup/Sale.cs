using Microsoft.ML.Data;

namespace ModelPerGroup;

/// <summary>A day of a shop.</summary>
internal sealed class Sale
{
    public const int Numbers = 10;

    public string Group { get; set; } = "";

    [VectorType(Numbers)]
    public float[] Features { get; set; } = [];

    public float Label { get; set; }
}
