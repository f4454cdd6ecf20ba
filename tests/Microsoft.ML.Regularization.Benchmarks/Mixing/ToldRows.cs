using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Mixing;

/// <summary>Rows whose label one category tells for sure, beside a number that tells nothing.</summary>
internal static class ToldRows
{
    private const int Colors = 10;

    private const int Count = 4000;

    public static string[] Categories { get; } = [nameof(Row.Color)];

    public static IDataView Load(MLContext ml)
    {
        var random = new Random(1);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, Count).Select(_ => random.Next(Colors)).Select(color => new Row
        {
            Features = [random.NextSingle()], Color = $"color {color}", Label = color % 2 == 1,
        }).ToList());
    }

    public static IEstimator<ITransformer> Featurize(MLContext ml) => ml.Transforms.Conversion.MapValueToKey(nameof(Row.Color));

    private sealed class Row
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public string Color { get; set; } = "";

        public bool Label { get; set; }
    }
}
