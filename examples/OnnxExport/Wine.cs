using Microsoft.ML.Data;

namespace OnnxExport;

/// <summary>A row of wine.csv: which of three growers a wine is of, and what a chemist found in it.</summary>
internal sealed class Wine
{
    /// <summary>What the chemist found.</summary>
    public const int Count = 13;

    /// <summary>The column of the numbers.</summary>
    public const string MeasuresName = nameof(Measures);

    [LoadColumn(0)]
    [ColumnName("Label")]
    public float Grower { get; set; }

    [LoadColumn(1, Count)]
    [VectorType(Count)]
    public float[] Measures { get; set; } = [];
}
