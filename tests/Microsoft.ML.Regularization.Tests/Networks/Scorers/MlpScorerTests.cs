using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Scorers;

[TestClass]
public sealed class MlpScorerTests
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
        AssertAgrees(NetworkArchitecture.Mlp(17, 5, 33) with { Activation = activation, Normalization = normalization });

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void It_gives_the_numbers_of_a_network_that_matches_moments(Activation activation, Normalization normalization) =>
        AssertAgrees(
            NetworkArchitecture.Mlp(17, 5, 33) with { Activation = activation, Normalization = normalization },
            new DropConnect(0.5) { Inference = DropConnectInference.MomentMatched });

    [TestMethod]
    public void Moments_that_are_matched_give_other_numbers_than_mean_weights()
    {
        using var network = Create(NetworkArchitecture.Mlp(17));
        var weights = NetworkWeights.CopyOf(network);
        var matched = Scorer(NetworkArchitecture.Mlp(17), weights, new DropConnect(0.5) { Inference = DropConnectInference.MomentMatched });
        var mean = Scorer(NetworkArchitecture.Mlp(17), weights, new DropConnect(0.5));
        CollectionAssert.AreNotEqual(Score(matched, Row(1)), Score(mean, Row(1)));
        CollectionAssert.AreEqual(Score(Scorer(NetworkArchitecture.Mlp(17), weights), Row(1)), Score(mean, Row(1)));
    }

    [TestMethod]
    [DataRow(new int[0])]
    [DataRow(new[] { 1 })]
    [DataRow(new[] { 2, 64 })]
    [DataRow(new[] { 64, 2, 2, 2 })]
    public void It_gives_the_numbers_of_networks_of_any_depth_and_width(int[] hiddenSizes) => AssertAgrees(NetworkArchitecture.Mlp(hiddenSizes));

    [TestMethod]
    public void Without_hidden_layers_normalization_changes_nothing() =>
        AssertAgrees(NetworkArchitecture.Mlp() with { Normalization = Normalization.Batch });

    [TestMethod]
    public void Many_threads_get_the_same_numbers_as_one()
    {
        var architecture = NetworkArchitecture.Mlp(40, 30) with { Normalization = Normalization.Layer };
        using var network = Create(architecture);
        var scorer = Scorer(architecture, NetworkWeights.CopyOf(network));
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
    public void Scoring_does_not_change_the_features()
    {
        using var network = Create(NetworkArchitecture.Mlp(3));
        var row = Row(1);

        _ = Score(Scorer(NetworkArchitecture.Mlp(3), NetworkWeights.CopyOf(network)), row);

        CollectionAssert.AreEqual(Row(1), row);
    }

    [TestMethod]
    public void Folding_batch_normalization_does_not_change_the_weights_of_the_model()
    {
        var architecture = NetworkArchitecture.Mlp(3) with { Normalization = Normalization.Batch };
        using var network = Create(architecture);
        var weights = NetworkWeights.CopyOf(network);
        var before = weights.Tensors.Select(tensor => tensor.Values.ToArray()).ToList();

        _ = Scorer(architecture, weights);

        foreach (var (expected, tensor) in before.Zip(weights.Tensors))
            CollectionAssert.AreEqual(expected, tensor.Values.ToArray(), tensor.Name);
    }

    [TestMethod]
    public void A_missing_tensor_is_named()
    {
        using var network = Create(NetworkArchitecture.Mlp(3));
        var weights = new NetworkWeights([.. NetworkWeights.CopyOf(network).Tensors.Where(tensor => tensor.Name != "output.bias")]);

        var exception = Assert.ThrowsExactly<FormatException>(() => Scorer(NetworkArchitecture.Mlp(3), weights));

        Assert.Contains("'output.bias'", exception.Message);
    }

    [TestMethod]
    public void A_tensor_of_another_shape_is_named_with_both_shapes()
    {
        using var network = Create(NetworkArchitecture.Mlp(3));
        var weights = NetworkWeights.CopyOf(network);

        var exception = Assert.ThrowsExactly<FormatException>(() => Scorer(NetworkArchitecture.Mlp(5), weights));

        Assert.Contains("'hidden.0.linear.weight'", exception.Message);
        Assert.Contains("(3, 9)", exception.Message);
        Assert.Contains("(5, 9)", exception.Message);
    }

    private static void AssertAgrees(MlpArchitecture architecture, Dropout? dropout = null)
    {
        const int Rows = 20;
        using var network = Create(architecture, dropout);
        using var pass = network.Begin(isTraining: false);
        var scorer = Scorer(architecture, NetworkWeights.CopyOf(network), dropout);
        var rows = Enumerable.Range(0, Rows).Select(Row).ToArray();

        var expected = network.forward(torch.tensor(rows.SelectMany(row => row).ToArray(), [Rows, Inputs])).data<float>().ToArray();

        for (var row = 0; row < Rows; row++)
            Closeness.AssertClose(expected.AsSpan(row * Outputs, Outputs), Score(scorer, rows[row]), 1e-5, $"row {row}");
    }

    /// <summary>A network whose biases, normalization weights and running statistics are none of them trivial.</summary>
    private static Network Create(MlpArchitecture architecture, Dropout? dropout = null)
    {
        var network = architecture.CreateNetwork(Inputs, Outputs, new NetworkBuilder(new RegularizationRecipe { Dropout = dropout ?? 0.3 }, RandomKey.FromSeed(1)));
        var random = new Random(2);
        var tensors = NetworkWeights.CopyOf(network).Tensors.Select(tensor => tensor.Shape.Count > 1
            ? tensor
            : tensor with { Values = Enumerable.Range(0, tensor.Values.Length).Select(_ => Value(tensor.Name)).ToArray() });
        new NetworkWeights([.. tensors]).CopyTo(network);
        return network;

        float Value(string name) => name.EndsWith("running_var", StringComparison.Ordinal) ? random.NextSingle() + 0.3f : 2 * random.NextSingle() - 0.8f;
    }

    private static MlpScorer Scorer(MlpArchitecture architecture, NetworkWeights weights, Dropout? dropout = null) =>
        new(new MLContext(), architecture.Describe(Inputs, Outputs), weights, dropout);

    private static float[] Row(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Inputs).Select(_ => 4 * random.NextSingle() - 2)];
    }

    private static float[] Score(MlpScorer scorer, float[] row)
    {
        var outputs = new float[Outputs];
        scorer.Score(row, outputs);
        return outputs;
    }
}
