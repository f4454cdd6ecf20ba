using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.ResidualMlp;

[TestClass]
public sealed class ResidualMlpScorerTests
{
    private const int Inputs = 9;
    private const int Outputs = 4;

    public static IEnumerable<object[]> Kinds =>
        from activation in Enum.GetValues<Activation>()
        from normalization in Enum.GetValues<Normalization>()
        select new object[] { activation, normalization };

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void It_gives_the_numbers_of_the_network(Activation activation, Normalization normalization) =>
        AssertAgrees(NetworkArchitecture.ResidualMlp(17, 3) with { Activation = activation, Normalization = normalization });

    [TestMethod]
    [DataRow(1, 1, 1.0)]
    [DataRow(2, 5, 16.0)]
    [DataRow(64, 2, 0.25)]
    public void It_gives_the_numbers_of_networks_of_any_depth_and_width(int width, int blocks, double hiddenFactor) =>
        AssertAgrees(NetworkArchitecture.ResidualMlp(width, blocks, hiddenFactor));

    [TestMethod]
    [DataRow(StochasticDepthForm.Inverted)]
    [DataRow(StochasticDepthForm.Original)]
    public void It_gives_the_numbers_of_either_form_of_stochastic_depth(StochasticDepthForm form) =>
        AssertAgrees(NetworkArchitecture.ResidualMlp(8, 4), new StochasticDepth { SurvivalProbability = 0.5, Form = form });

    [TestMethod]
    public void Many_threads_get_the_same_numbers_as_one()
    {
        var architecture = NetworkArchitecture.ResidualMlp(20, 3) with { Normalization = Normalization.Layer };
        using var network = Create(architecture, depth: null);
        var scorer = Scorer(architecture, depth: null, NetworkWeights.CopyOf(network));
        var rows = Enumerable.Range(0, 200).Select(Row).ToArray();
        var expected = rows.Select(row => Score(scorer, row)).ToArray();
        var actual = new float[8][][];

        var threads = Enumerable.Range(0, actual.Length).Select(thread => new Thread(() => actual[thread] = [.. rows.Select(row => Score(scorer, row))])).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());

        foreach (var scores in actual)
        {
            for (var row = 0; row < rows.Length; row++)
                CollectionAssert.AreEqual(expected[row], scores[row]);
        }
    }

    [TestMethod]
    public void Neither_features_nor_weights_are_changed()
    {
        var architecture = NetworkArchitecture.ResidualMlp(3, 2);
        using var network = Create(architecture, depth: null);
        var weights = NetworkWeights.CopyOf(network);
        var before = weights.Tensors.Select(tensor => tensor.Values.ToArray()).ToList();
        var row = Row(1);

        _ = Score(Scorer(architecture, depth: null, weights), row);

        CollectionAssert.AreEqual(Row(1), row);
        foreach (var (expected, tensor) in before.Zip(weights.Tensors))
            CollectionAssert.AreEqual(expected, tensor.Values.ToArray(), tensor.Name);
    }

    [TestMethod]
    public void A_missing_tensor_is_named()
    {
        using var network = Create(NetworkArchitecture.ResidualMlp(3, 2), depth: null);
        var weights = new NetworkWeights([.. NetworkWeights.CopyOf(network).Tensors.Where(tensor => tensor.Name != "blocks.1.norm.running_var")]);

        var missing = Assert.ThrowsExactly<FormatException>(() => Scorer(NetworkArchitecture.ResidualMlp(3, 2), depth: null, weights));
        Assert.Contains("'blocks.1.norm.running_var'", missing.Message);
        var misshapen = Assert.ThrowsExactly<FormatException>(() => Scorer(NetworkArchitecture.ResidualMlp(5, 2), depth: null, weights));
        Assert.Contains("'input.weight'", misshapen.Message);
    }

    private static void AssertAgrees(ResidualMlpArchitecture architecture, StochasticDepth? depth = null)
    {
        const int Rows = 20;
        using var network = Create(architecture, depth);
        using var pass = network.Begin(isTraining: false);
        var scorer = Scorer(architecture, depth, NetworkWeights.CopyOf(network));
        var rows = Enumerable.Range(0, Rows).Select(Row).ToArray();

        var expected = network.forward(torch.tensor(rows.SelectMany(row => row).ToArray(), [Rows, Inputs])).data<float>().ToArray();

        for (var row = 0; row < Rows; row++)
            Closeness.AssertClose(expected.AsSpan(row * Outputs, Outputs), Score(scorer, rows[row]), 1e-5, $"row {row}");
    }

    [TestMethod]
    public void Matched_moments_are_those_of_libtorch()
    {
        var architecture = NetworkArchitecture.ResidualMlp(6, 2) with { Activation = Activation.GELU };
        var recipe = new RegularizationRecipe { Dropout = new DropConnect(0.4) { Inference = DropConnectInference.MomentMatched } };
        using var network = architecture.CreateNetwork(Inputs, Outputs, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
        var scorer = new ResidualMlpScorer(new MLContext(), architecture, recipe, architecture.Describe(Inputs, Outputs), NetworkWeights.CopyOf(network));
        using var pass = network.Begin(isTraining: false);
        for (var seed = 0; seed < 5; seed++)
        {
            var scores = new float[Outputs];
            scorer.Score(Row(seed), scores);
            Closeness.AssertClose(network.forward(torch.tensor(Row(seed), [1, Inputs])).data<float>().ToArray(), scores, 1e-5, $"row {seed}");
        }
    }

    /// <summary>A network whose biases, normalization weights and running statistics are none of them trivial.</summary>
    private static Network Create(ResidualMlpArchitecture architecture, StochasticDepth? depth)
    {
        var recipe = new RegularizationRecipe { Dropout = 0.3, StochasticDepth = depth };
        var network = architecture.CreateNetwork(Inputs, Outputs, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
        var random = new Random(2);
        var tensors = NetworkWeights.CopyOf(network).Tensors.Select(tensor => tensor.Shape.Count > 1
            ? tensor
            : tensor with { Values = Enumerable.Range(0, tensor.Values.Length).Select(_ => Value(tensor.Name)).ToArray() });
        new NetworkWeights([.. tensors]).CopyTo(network);
        return network;

        float Value(string name) => name.EndsWith("running_var", StringComparison.Ordinal) ? random.NextSingle() + 0.3f : 2 * random.NextSingle() - 0.8f;
    }

    private static ResidualMlpScorer Scorer(ResidualMlpArchitecture architecture, StochasticDepth? depth, NetworkWeights weights) =>
        new(new MLContext(), architecture, new RegularizationRecipe { StochasticDepth = depth }, architecture.Describe(Inputs, Outputs), weights);

    private static float[] Row(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Inputs).Select(_ => 4 * random.NextSingle() - 2)];
    }

    private static float[] Score(ResidualMlpScorer scorer, float[] row)
    {
        var outputs = new float[Outputs];
        scorer.Score(row, outputs);
        return outputs;
    }
}
