using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class L1PenaltyTests
{
    [TestMethod]
    public void Weights_move_towards_zero_and_stop_there()
    {
        float[] weights = [1, -1, 0.25f, -0.25f, 0.1f, -0.1f, 0, 3, -0.5f, 0.75f, 0.26f];
        L1Penalty.Shrink(weights, new float[weights.Length], scale: 0.25, rootScale: 1, epsilon: 1);
        CollectionAssert.AreEqual(
            new[] { 0.75f, -0.75f, 0, 0, 0, 0, 0, 2.75f, -0.25f, 0.5f, 0.26f - 0.25f },
            weights.Select(weight => weight == 0 ? 0 : weight).ToArray());
    }

    [TestMethod]
    public void One_threshold_for_all_gives_the_same_as_a_metric_of_ones()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(2);
        foreach (var length in new[] { 1, 7, 16, 77 })
        {
            float[] weights = [.. Enumerable.Range(0, length).Select(i => i == 0 ? 0.25f : random.NextSingle() - 0.5f)];
            float[] metric = [.. weights];
            var tensor = torch.tensor(weights.ToArray());
            L1Penalty.Shrink(metric, new float[length], scale: 0.25, rootScale: 1, epsilon: 1);
            L1Penalty.Shrink(tensor, threshold: 0.25);
            L1Penalty.Shrink(weights, threshold: 0.25);
            Closeness.AssertClose(metric, weights, 0, "spans");
            Closeness.AssertClose(metric, tensor.data<float>().ToArray(), 0, "torch calls");
        }
    }

    [TestMethod]
    public void The_step_minimizes_half_the_squared_distance_plus_the_penalty()
    {
        // What a proximal step is, by a search on a grid.
        foreach (var weight in new[] { -1.3f, -0.2f, 0.05f, 0.4f, 2 })
        {
            float[] shrunk = [weight];
            L1Penalty.Shrink(shrunk, [0], scale: 0.3, rootScale: 1, epsilon: 1);
            var best = Enumerable.Range(-3000, 6001).Select(i => i * 0.001).MinBy(x => (x - weight) * (x - weight) / 2 + 0.3 * Math.Abs(x));
            Assert.AreEqual(best, shrunk[0], 1e-3);
        }
    }

    [TestMethod]
    public void The_threshold_is_in_the_optimizers_metric()
    {
        // 0.5 / (sqrt(4) * 3 + 4) and 0.5 / (sqrt(0) * 3 + 4), by hand.
        float[] weights = [1, 1];
        L1Penalty.Shrink(weights, [4, 0], scale: 0.5, rootScale: 3, epsilon: 4);
        Closeness.AssertClose([0.95, 0.875], weights, 1e-6, "weights");
    }

    [TestMethod]
    public void Torch_calls_give_the_same()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(1);
        float[] weights = [.. Enumerable.Range(0, 77).Select(_ => random.NextSingle() - 0.5f)];
        var tensor = torch.tensor(weights.ToArray());
        float[] variance = [.. weights.Select(weight => weight * weight)];
        L1Penalty.Shrink(tensor, torch.tensor(variance.ToArray()), scale: 0.02, rootScale: 2, epsilon: 0.01);
        L1Penalty.Shrink(weights, variance, scale: 0.02, rootScale: 2, epsilon: 0.01);
        Assert.IsInRange(10, 67, weights.Count(weight => weight == 0));
        Closeness.AssertClose(weights.Select(value => (double)value).ToArray(), tensor.data<float>().ToArray(), 1e-6, "weights");
    }

    /// <summary>Of twenty inputs three tell the class: a linear model under L1 keeps these and has exactly 0 elsewhere.</summary>
    [TestMethod]
    public void It_finds_the_inputs_that_matter()
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(1);
        var rows = Enumerable.Range(0, 600).Select(_ =>
        {
            var features = Enumerable.Range(0, SparseRow.Count).Select(_ => random.NextSingle() * 2 - 1).ToArray();
            return new SparseRow { Features = features, Label = features[2] - features[7] + features[13] > 0 ? 1u : 0u };
        });
        var view = ml.Data.Cache(ml.Data.LoadFromEnumerable(rows.ToList()));
        var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(),
            Recipe = RegularizationRecipe.None with { L1 = 0.03 },
            LearningRate = 0.01,
            MaxEpochs = 80,
        }).Fit(view).Model;

        var weights = model.Weights.Single(tensor => tensor.Name == "output.weight").Values.ToArray();
        for (var input = 0; input < SparseRow.Count; input++)
        {
            var isUsed = weights[input] != 0 || weights[SparseRow.Count + input] != 0;
            Assert.AreEqual(input is 2 or 7 or 13, isUsed, $"input {input}");
        }

        Assert.AreEqual(weights.Count(weight => weight == 0) / (double)weights.Length, model.History.Epochs[^1].Sparsity, 1e-12);
        Assert.IsGreaterThan(0.8, model.History.Epochs[^1].Sparsity);
    }

    private sealed class SparseRow
    {
        public const int Count = 20;

        [VectorType(Count)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }
    }
}
