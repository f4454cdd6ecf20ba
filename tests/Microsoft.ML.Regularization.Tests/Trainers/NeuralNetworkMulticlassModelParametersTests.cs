using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers;

[TestClass]
public sealed class NeuralNetworkMulticlassModelParametersTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(1f)]
    [DataRow(100f)]
    [DataRow(1e6f)]
    [DataRow(-1e6f)]
    public void Scores_are_the_softmax_of_the_logits_however_large_these_are(float scale)
    {
        var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(),
            Recipe = RegularizationRecipe.None,
            InputScaling = InputScaling.None,
            MaxEpochs = 5,
        }).Fit(_ml.Data.LoadFromEnumerable(Example.Clusters(60)));
        var weight = model.Model.Weights.Single(tensor => tensor.Name == "output.weight").Values.ToArray();
        var bias = model.Model.Weights.Single(tensor => tensor.Name == "output.bias").Values.ToArray();

        var rows = Example.Clusters(30, seed: 2);
        rows.ForEach(row => row.Features = [.. row.Features.Select(feature => feature * scale)]);
        var scored = model.Transform(_ml.Data.LoadFromEnumerable(rows));
        foreach (var (row, score) in rows.Zip(scored.GetColumn<float[]>("Score")))
        {
            var logits = Enumerable.Range(0, Example.ClassCount)
                .Select(k => bias[k] + Enumerable.Range(0, Example.FeatureCount).Sum(i => (double)weight[k * Example.FeatureCount + i] * row.Features[i]))
                .ToArray();
            var exponentials = logits.Select(logit => Math.Exp(logit - logits.Max())).ToArray();
            for (var k = 0; k < Example.ClassCount; k++)
                Assert.AreEqual(exponentials[k] / exponentials.Sum(), score[k], 1e-3);
        }
    }
}
