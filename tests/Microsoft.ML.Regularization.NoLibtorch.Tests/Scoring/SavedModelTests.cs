using System.Text.Json;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

/// <summary>The saved classifier was trained, and its rows were scored by libtorch too, by Data/make-model.cs.</summary>
[TestClass]
public sealed class SavedModelTests
{
    private static readonly MLContext Ml = new();
    private static readonly ITransformer Model = Ml.Model.Load(InDataFolder("model.zip"), out _);
    private static readonly KnownScores Known = JsonSerializer.Deserialize<KnownScores>(File.ReadAllText(InDataFolder("scores.json")))!;

    [TestMethod]
    public void Scores_are_those_of_the_program_that_saved_the_model() => AssertScores(Known.Managed, Transform());

    [TestMethod]
    public void Scores_are_those_of_libtorch() => AssertScores(Known.Libtorch, Transform());

    [TestMethod]
    public void A_prediction_engine_gives_the_scores_of_libtorch()
    {
        using var engine = Ml.Model.CreatePredictionEngine<Row, Prediction>(Model);

        AssertScores(Known.Libtorch, [.. Known.Features.Select(features => engine.Predict(new Row { Features = features }).Score)]);
    }

    [TestMethod]
    public void The_predicted_label_is_the_most_probable_digit()
    {
        var rows = Ml.Data.LoadFromEnumerable(Known.Features.Select(features => new Row { Features = features }));
        var predicted = Model.Transform(rows).GetColumn<float>("PredictedLabel").ToArray();

        // The keys of this model are the digits in the order of the rows it was trained on.
        var labels = default(VBuffer<float>);
        ((ITransformer)((TransformerChain<ITransformer>)Model).First()).Transform(rows).Schema["Label"].GetKeyValues(ref labels);
        var expected = Known.Libtorch.Select(scores => labels.GetItemOrDefault(Array.IndexOf(scores, scores.Max()))).ToArray();
        CollectionAssert.AreEqual(expected, predicted);
    }

    private static float[][] Transform()
    {
        var rows = Ml.Data.LoadFromEnumerable(Known.Features.Select(features => new Row { Features = features }));
        return [.. Model.Transform(rows).GetColumn<float[]>("Score")];
    }

    private static void AssertScores(float[][] expected, float[][] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (var row = 0; row < expected.Length; row++)
        {
            Assert.HasCount(10, actual[row]);
            for (var digit = 0; digit < 10; digit++)
                Assert.AreEqual(expected[row][digit], actual[row][digit], 1e-6f, $"row {row}, digit {digit}");
        }
    }

    private static string InDataFolder(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);

    private sealed record KnownScores(float[][] Features, float[][] Managed, float[][] Libtorch);

    private sealed class Row
    {
        public float Label { get; set; }

        [VectorType(64)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
