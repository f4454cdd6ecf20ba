using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Advice;

/// <summary>Rows whose class is inside or outside a circle, and small models of them.</summary>
internal sealed class DiagnosisRow
{
    public float X { get; set; }

    public float Y { get; set; }

    public float Extra { get; set; }

    public bool Label { get; set; }

    [NoColumn]
    public static NeuralNetworkOptions Options { get; } = new() { Architecture = NetworkArchitecture.Mlp(32), Seed = 1, MaxEpochs = 60 };

    public static DiagnosisRow[] Make(int seed, int rows = 400)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ =>
        {
            var (x, y) = (2 * random.NextSingle() - 1, 2 * random.NextSingle() - 1);
            return new DiagnosisRow { X = x, Y = y, Extra = random.NextSingle(), Label = x * x + y * y < 0.6f };
        })];
    }

    public static ITransformer Fit(MLContext ml, IDataView rows, NeuralNetworkOptions? options = null) =>
        ml.Transforms.Concatenate("Features", nameof(X), nameof(Y), nameof(Extra)).Append(ml.BinaryClassification.Trainers.NeuralNetwork(options ?? Options)).Fit(rows);
}
