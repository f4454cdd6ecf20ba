using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

/// <summary>A residual network with weights from nowhere: what matters is that it scores, and spreads, where libtorch does not exist.</summary>
[TestClass]
public sealed class MonteCarloTests
{
    private const int Inputs = 3;
    private const int Classes = 2;

    [TestMethod]
    public void A_residual_network_scores_and_spreads_before_and_after_a_file()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i => new Row { Features = [i, -1, 2 - i] }));
        var transformer = ml.Transforms.MonteCarlo(Network(ml), passes: 20).Fit(rows);
        var means = transformer.Transform(rows).GetColumn<float[]>("ScoreMean").ToList();

        using var file = new MemoryStream();
        ml.Model.Save(transformer, rows.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _).Transform(rows);

        Assert.IsTrue(means.All(mean => Math.Abs(mean.Sum() - 1) < 1e-5));
        CollectionAssert.AreEqual(means.SelectMany(mean => mean).ToList(), loaded.GetColumn<float[]>("ScoreMean").SelectMany(mean => mean).ToList());
        Assert.IsTrue(loaded.GetColumn<float[]>("ScoreDeviation").All(deviation => deviation[0] > 0));
    }

    [TestMethod]
    public void The_members_of_a_bag_deviate()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i => new Row { Features = [i, -1, 2 - i] }));
        var bag = new TrainedNetwork([Network(ml), Network(ml, seed: 2)], MadeNetwork.History);
        var deviations = ml.Transforms.MemberDeviation(bag).Fit(rows).Transform(rows).GetColumn<float[]>("MemberDeviation").ToList();

        // Half the difference of two.
        foreach (var (row, deviation) in deviations.Index())
        {
            var ofTwo = bag.Members.Select(member => Probabilities(member, [row, -1, 2 - row])).ToList();
            Assert.IsTrue(deviation.All(value => value > 0));
            for (var i = 0; i < Classes; i++)
                Assert.AreEqual(Math.Abs(ofTwo[0][i] - ofTwo[1][i]) / 2, deviation[i], 1e-6);
        }
    }

    private static float[] Probabilities(TrainedNetwork network, float[] row)
    {
        var outputs = new float[Classes];
        network.Scorer.Score(row, 1, outputs);
        network.Link.Apply(outputs);
        return outputs;
    }

    private static TrainedNetwork Network(MLContext ml, int seed = 1)
    {
        var random = new Random(seed);
        var weights = new NetworkWeights(
        [
            Tensor("input.weight", 4, Inputs), Tensor("input.bias", 4),
            Tensor("blocks.0.norm.weight", 4), Tensor("blocks.0.norm.bias", 4),
            Tensor("blocks.0.hidden.linear.weight", 8, 4), Tensor("blocks.0.hidden.linear.bias", 8),
            Tensor("blocks.0.linear.weight", 4, 8), Tensor("blocks.0.linear.bias", 4),
            Tensor("norm.weight", 4), Tensor("norm.bias", 4),
            Tensor("output.weight", Classes, 4), Tensor("output.bias", Classes),
        ]);
        var architecture = NetworkArchitecture.ResidualMlp(4, 1) with { Normalization = Normalization.Layer };
        var recipe = RegularizationRecipe.None with { Dropout = 0.2, StochasticDepth = new StochasticDepth() };
        return new TrainedNetwork(
            ml, LearningTask.MulticlassClassification, architecture, recipe, MadeNetwork.Record, Inputs, Classes, new TrainingOutcome(weights, MadeNetwork.History, InputScaler: null, TargetScale: null));

        NetworkTensor Tensor(string name, params long[] shape) =>
            new(name, shape, Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => random.NextSingle() - 0.4f).ToArray());
    }

    private sealed class Row
    {
        [VectorType(Inputs)]
        public float[] Features { get; set; } = [];
    }
}
