using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

/// <summary>Variational dropout through the pipeline, on rows of which a few features tell the class and the others are noise.</summary>
[TestClass]
public sealed class VariationalDropoutTests
{
    private static readonly MLContext Ml = new(seed: 1);

    public static IEnumerable<object[]> Networks =>
        from dropout in new[]
        {
            // A rate for each weight is soon content with what a thousand rows seem to say about an input.
            new VariationalDropout { Rates = VariationalRates.Weight, KlWeight = 10 }, new VariationalDropout { Rates = VariationalRates.Neuron },
        }
        from normalization in new[] { Normalization.None, Normalization.Batch }
        select new object[] { dropout, normalization };

    [TestMethod]
    [DynamicData(nameof(Networks))]
    public void It_prunes_the_inputs_that_are_noise_and_keeps_those_that_are_not(VariationalDropout dropout, Normalization normalization)
    {
        var transformer = Fit(dropout, normalization);

        var weights = transformer.Model.Weights.Single(tensor => tensor.Name == "hidden.0.linear.weight").Values.ToArray();
        for (var input = 0; input < NoisyRow.Count; input++)
        {
            var used = Enumerable.Range(0, 20).Count(unit => weights[unit * NoisyRow.Count + input] != 0);
            if (input < NoisyRow.Informative)
                Assert.IsGreaterThan(0, used, $"input {input} tells the class");
            else
                Assert.AreEqual(0, used, $"input {input} is noise");
        }

        Assert.IsGreaterThan(0.88, Ml.MulticlassClassification.Evaluate(transformer.Transform(NoisyRow.View(500, seed: 2))).MicroAccuracy);
    }

    [TestMethod]
    public void The_history_counts_what_the_model_lacks()
    {
        var model = Train(new VariationalDropout(), Normalization.None);
        var weights = model.Weights.Where(tensor => tensor.Name.EndsWith(".weight", StringComparison.Ordinal)).SelectMany(tensor => tensor.Values.ToArray()).ToList();
        Assert.AreEqual(weights.Count(weight => weight == 0) / (double)weights.Count, model.History.Epochs[^1].Sparsity, 1e-12);
        Assert.AreEqual(Math.Sqrt(weights.Sum(weight => (double)weight * weight)), model.History.Epochs[^1].WeightNorm, 1e-4);
        Assert.IsGreaterThan(0.8, model.History.Epochs[^1].Sparsity);
    }

    [TestMethod]
    public void Without_the_divergence_nothing_becomes_sparse() =>
        Assert.IsLessThan(0.15, Train(new VariationalDropout { KlWeight = 0 }, Normalization.None, epochs: 40).History.Epochs[^1].Sparsity);

    /// <summary>The loss in the history is without the divergence, whose size would hide it.</summary>
    [TestMethod]
    public void The_history_has_the_loss_of_the_rows_alone() =>
        Assert.IsLessThan(1.2, Train(new VariationalDropout { KlWeight = 1000, WarmUpEpochs = 0 }, Normalization.None, epochs: 2).History.Epochs[0].TrainingLoss);

    /// <summary>Training goes on with the weights that were not pruned: a report that looks at the pruned ones changes nothing.</summary>
    [TestMethod]
    public void The_scope_of_pruning_gives_training_its_weights_back()
    {
        var recipe = new RegularizationRecipe { Dropout = new VariationalDropout { InitialAlpha = 3 } };
        using var network = NetworkArchitecture.Mlp(8).CreateNetwork(5, 3, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        var before = parameters.WeightSpan.ToArray();
        Assert.AreEqual(0, parameters.ZeroShare());
        NetworkWeights saved;
        using (network.Prune())
        {
            Assert.IsInRange(0.1, 0.9, parameters.ZeroShare());
            saved = NetworkWeights.CopyOf(network);
        }

        CollectionAssert.AreEqual(before, parameters.WeightSpan.ToArray());
        foreach (var (a, b) in saved.Tensors.Zip(NetworkWeights.CopyOf(network).Tensors))
            CollectionAssert.AreEqual(a.Values.ToArray(), b.Values.ToArray(), a.Name);
        CollectionAssert.AreEqual(before, parameters.WeightSpan.ToArray());
    }

    [TestMethod]
    public void The_model_scores_as_the_network_evaluates()
    {
        var model = Train(new VariationalDropout(), Normalization.Batch);
        using var network = model.Architecture.CreateNetwork(NoisyRow.Count, 2, new NetworkBuilder(model.Recipe, RandomKey.FromSeed(9)));
        model.Network.Outcome.Weights.CopyTo(network);
        using var pass = network.Begin(isTraining: false);
        for (var seed = 0; seed < 5; seed++)
        {
            var row = NoisyRow.Make(new Random(seed)).Features;
            var outputs = new float[2];
            model.Network.Scorer.Score(row, outputs);
            Closeness.AssertClose(network.forward(torch.tensor(row, [1, NoisyRow.Count])).data<float>().ToArray(), outputs, 1e-5, $"row {seed}");
        }
    }

    private static NeuralNetworkMulticlassModelParameters Train(VariationalDropout dropout, Normalization normalization, int epochs = 120) =>
        Fit(dropout, normalization, epochs).Model;

    private static NeuralNetworkMulticlassTransformer Fit(
        VariationalDropout dropout, Normalization normalization, int epochs = 120) =>
        Ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(20) with { Normalization = normalization },
            Recipe = RegularizationRecipe.None with { Dropout = dropout },
            InputScaling = InputScaling.None,
            LearningRate = 0.02,
            Schedule = new LinearSchedule(),
            MaxEpochs = epochs,
        }).Fit(NoisyRow.View(1000, seed: 1));

    private sealed class NoisyRow
    {
        public const int Count = 30;
        public const int Informative = 5;

        [VectorType(Count)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }

        public static IDataView View(int count, int seed)
        {
            var random = new Random(seed);
            return Ml.Data.Cache(Ml.Data.LoadFromEnumerable(Enumerable.Range(0, count).Select(_ => Make(random)).ToList()));
        }

        public static NoisyRow Make(Random random)
        {
            var features = Enumerable.Range(0, Count).Select(_ => random.NextSingle() * 4 - 2).ToArray();
            var isAbove = features[0] - features[1] + features[2] + features[3] - features[4] > 0;
            var isWrong = random.NextDouble() < 0.05;
            return new NoisyRow { Features = features, Label = isAbove != isWrong ? 1u : 0u };
        }
    }
}
