using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Benchmarks.Mixing;

/// <summary>Rows whose label one category tells for sure, beside a number that tells nothing.</summary>
internal static class ToldRows
{
    private const int Colours = 10;

    private const int Count = 4000;

    public static string[] Categories { get; } = [nameof(Row.Colour)];

    public static IDataView Load(MLContext ml)
    {
        var random = new Random(1);
        return ml.Data.LoadFromEnumerable(Enumerable.Range(0, Count).Select(_ => random.Next(Colours)).Select(colour => new Row
        {
            Features = [random.NextSingle()], Colour = $"colour {colour}", Label = colour % 2 == 1,
        }).ToList());
    }

    public static IEstimator<ITransformer> Featurize(MLContext ml) => ml.Transforms.Conversion.MapValueToKey(nameof(Row.Colour));

    private sealed class Row
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public string Colour { get; set; } = "";

        public bool Label { get; set; }
    }
}
