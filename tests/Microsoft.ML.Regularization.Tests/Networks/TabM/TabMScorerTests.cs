using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.TabM;

/// <summary>Managed code against the network in libtorch.</summary>
[TestClass]
public sealed class TabMScorerTests
{
    private const int Rows = 19;

    private static readonly InputLayout Input = new() { Numbers = 5, Categories = [new("few", 1, 3), new("many", 1, 30)] };

    public static IEnumerable<object[]> Kinds =>
        from activation in Enum.GetValues<Activation>()
        from members in new[] { 1, 5 }
        from embedding in new NumericalEmbedding?[] { null, NumericalEmbedding.PiecewiseLinear(4, 3) }
        from averages in new[] { true, false }
        from outputs in new[] { 1, 3 }
        select new object[]
        {
            NetworkArchitecture.TabM(members, 33, 7) with { Activation = activation, NumericalEmbedding = embedding, AveragesProbabilities = averages }, outputs,
        };

    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void It_gives_the_numbers_of_the_network_and_a_row_the_same_bits_alone_as_in_a_block(NetworkArchitecture architecture, int outputs)
    {
        var recipe = RegularizationRecipe.None with { Dropout = 0.3 };
        using var network = architecture.CreateNetwork(Input, outputs, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
        Shake(network);
        using var pass = network.Begin(isTraining: false);
        IExceptionContext context = new MLContext();
        var weights = NetworkWeights.CopyOf(network);
        var scorer = architecture.CreateScorer(new TrainedParts(context, recipe, Input, outputs, weights, Scaler: null));
        var (random, width) = (new Random(2), Input.Width);
        float[] rows = [.. Enumerable.Range(0, Rows).SelectMany(_ => Row(random))];

        var expected = network.forward(torch.tensor(rows, [Rows, width])).data<float>().ToArray();

        Assert.IsTrue(architecture.ScoresInManagedCode);
        Closeness.AssertClose(expected, Score(null), 1e-5, architecture.ToString());
        var noisy = Score(new NetworkNoiseSource(scorer, recipe, weights).Draw(RandomKey.FromSeed(3), 0));
        CollectionAssert.AreNotEqual(Score(null), noisy);

        float[] Score(NetworkNoise? noise)
        {
            var (together, alone) = (new float[Rows * outputs], new float[Rows * outputs]);
            scorer.Score(rows, Rows, together, noise);
            for (var row = 0; row < Rows; row++)
                scorer.Score(rows.AsSpan(row * width, width), 1, alone.AsSpan(row * outputs, outputs), noise);
            CollectionAssert.AreEqual(alone, together);
            return together;
        }
    }

    [TestMethod]
    public void Each_member_has_noise_of_its_own()
    {
        var recipe = RegularizationRecipe.None with { Dropout = 0.5 };
        var architecture = NetworkArchitecture.TabM(4, 16);
        using var network = architecture.CreateNetwork(Input, 2, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
        IExceptionContext context = new MLContext();
        var weights = NetworkWeights.CopyOf(network);
        var scorer = architecture.CreateScorer(new TrainedParts(context, recipe, Input, 2, weights, Scaler: null));

        var units = Enumerable.Repeat(1f, 4 * 16).ToArray();
        new NetworkNoiseSource(scorer, recipe, weights).Draw(RandomKey.FromSeed(3), 0).Layers[0]!.ChangeUnits(units);

        CollectionAssert.AllItemsAreUnique(units.Chunk(16).Select(member => string.Join(' ', member)).ToList());
        Assert.IsTrue(units.All(unit => unit is 0 or 2));
    }

    [TestMethod]
    public void Logits_of_any_size_have_a_finite_mean()
    {
        float[] outputs = [-500, 500, 0, 400, -400, 3];
        var (classes, odds) = (new float[3], new float[1]);

        MeanPrediction.Of(outputs, members: 2, areLogits: true, classes);
        MeanPrediction.Of([-500, 300], members: 2, areLogits: true, odds);

        // Probabilities: of one member the second class, of the other the first.
        Assert.AreEqual(Math.Log(0.5), classes[0], 1e-6);
        Assert.AreEqual(Math.Log(0.5), classes[1], 1e-6);
        Assert.AreEqual(-397 - Math.Log(2), classes[2], 1e-4);
        Assert.AreEqual(0, odds[0], 1e-6);
    }

    private static IEnumerable<float> Row(Random random) =>
        Enumerable.Range(0, Input.Numbers).Select(_ => 6 * random.NextSingle() - 3).Concat(Input.KeyValues.Select(values => (float)random.Next(values + 1)));

    /// <summary>Moves parameters off the values they start at, and gives bins their edges.</summary>
    private static void Shake(Network network)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var parameter in network.parameters())
            parameter.add_(torch.cos(torch.arange(parameter.numel(), dtype: torch.ScalarType.Float32)).view(parameter.shape) * 0.3);
        foreach (var layer in network.modules().OfType<IBinnedLayer>())
            layer.TakeEdges([.. Enumerable.Range(0, Input.Numbers * 5).Select(place => place % 5 - 2f)]);
    }
}
