using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.KilledTraining;

/// <summary>A row of generated data: its class is that of the greatest of its first three features.</summary>
internal sealed class Row
{
    public const int FeatureCount = 16;

    [VectorType(FeatureCount)]
    public float[] Features { get; set; } = [];

    [KeyType(3)]
    public uint Label { get; set; }

    public static List<Row> Many(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var features = Enumerable.Range(0, FeatureCount).Select(_ => random.NextSingle()).ToArray();
            var greatest = Array.IndexOf(features, features.Take(3).Max());
            return new Row { Features = features, Label = (uint)greatest };
        })];
    }
}
