using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The code of docs/onnx.md gives the scores of the model.</summary>
[TestClass]
public sealed class OnnxPageTests
{
    [TestMethod]
    public void Exported_networks_and_pipelines_score_as_the_model()
    {
        var ml = new MLContext(seed: 1);
        var examples = Enumerable.Range(0, 60).Select(place => new Flower
        {
            Features = [place % 3, MathF.Sin(place)], Label = place % 3 == 0 ? "iris" : "rose",
        }).ToList();
        var rows = ml.Data.LoadFromEnumerable(examples);
        var model = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { Architecture = NetworkArchitecture.Mlp(8), MaxEpochs = 10 }))
            .Fit(rows);
        var expected = EveryTask.Scores(model, rows).SelectMany(score => score).ToArray();
        var (path, other) = (Path.GetTempFileName(), Path.GetTempFileName());
        try
        {
            OnnxSnippets.Save(model, path);
            var (scores, classes) = OnnxSnippets.Score(path, [.. examples.SelectMany(example => example.Features)], examples.Count);
            Assert.AreEqual("[\"iris\",\"rose\"]", classes);
            Closeness.AssertClose(expected.AsSpan(), scores, 1e-5, "the network alone");

            var measures = ml.Transforms.CopyColumns("Measures", "Features").Fit(rows).Transform(rows);
            var byName = OnnxSnippets.ApplyNetwork(ml, model, measures, other).GetColumn<float[]>("Score").SelectMany(score => score).ToArray();
            Closeness.AssertClose(expected.AsSpan(), byName, 1e-5, "the network alone by the name of its column");

            OnnxSnippets.Convert(ml, model, rows, path);
            var applied = OnnxSnippets.Apply(ml, rows, path).GetColumn<float[]>("Score").SelectMany(score => score).ToArray();
            Closeness.AssertClose(expected.AsSpan(), applied, 1e-5, "the pipeline");
        }
        finally
        {
            File.Delete(path);
            File.Delete(other);
        }
    }

    private sealed class Flower
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = "";
    }
}
