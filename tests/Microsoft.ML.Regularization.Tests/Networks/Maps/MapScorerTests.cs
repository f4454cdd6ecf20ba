using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Maps;

/// <summary>Networks of convolutions score in managed code what their torch modules do.</summary>
[TestClass]
public sealed class MapScorerTests
{
    private const int Outputs = 3;

    private static readonly InputLayout Image = SmallImages.Layout(2, 11, 9);

    private static readonly InputLayout LastImage = SmallImages.Layout(3, 9, 11, ChannelOrder.ChannelsLast);

    private static readonly InputLayout Photo = SmallImages.Layout(3, 45, 45);

    private static readonly ConvNetArchitecture ConvNet = NetworkArchitecture.ConvNet(16, 32, 5);

    private static readonly ResNetArchitecture ResNet = NetworkArchitecture.ResNet(14, 16);

    private static readonly ImageNetResNetArchitecture ImageNet = NetworkArchitecture.ImageNetResNet(18) with { Width = 16, Blocks = [1, 2] };

    private static IEnumerable<(NetworkArchitecture Architecture, InputLayout Input)> Networks =>
    [
        .. from normalization in Enum.GetValues<Normalization>()
           from pooling in Enum.GetValues<Pooling>()
           select ((NetworkArchitecture)(ConvNet with { Normalization = normalization, Pooling = pooling }), Image),
        .. from activation in Enum.GetValues<Activation>()
           select ((NetworkArchitecture)(ConvNet with { Activation = activation, Flattens = true, HiddenSize = 7 }), LastImage),
        .. from normalization in Enum.GetValues<Normalization>()
           from isPreActivated in new[] { false, true }
           select ((NetworkArchitecture)(ResNet with { Normalization = normalization, PreActivation = isPreActivated }), Image),
        (NetworkArchitecture.ResNet(8, 5), LastImage),
        (ImageNet, Photo), (ImageNet with { Resolution = 64 }, Photo), (ImageNet with { Resolution = 50, Activation = Activation.SiLU }, Photo), (ImageNet with { HasBottlenecks = true }, LastImage),
    ];

    [TestMethod]
    public void Scores_are_those_of_libtorch()
    {
        foreach (var (architecture, input) in Networks)
        {
            foreach (var recipe in new[] { RegularizationRecipe.None, Thinned(architecture) })
            {
                using var scope = torch.NewDisposeScope();
                using var network = Create(architecture, input, recipe);
                var rows = SmallImages.Rows(20, input);
                using var pass = network.Begin(isTraining: false);
                var expected = network.forward(rows).data<float>().ToArray();

                var scores = Score(Scorer(architecture, input, recipe, NetworkWeights.CopyOf(network)), rows.data<float>().ToArray(), count: 20);

                var largest = expected.Max(Math.Abs);
                for (var i = 0; i < scores.Length; i++)
                    Assert.AreEqual(expected[i], scores[i], 1e-5 * largest, $"{architecture}, {recipe}, number {i}");
            }
        }
    }

    [TestMethod]
    public void A_row_gives_the_same_bits_alone_and_on_any_number_of_threads()
    {
        foreach (var (architecture, input) in Networks)
        {
            using var scope = torch.NewDisposeScope();
            using var network = Create(architecture, input, RegularizationRecipe.None);
            var scorer = Scorer(architecture, input, RegularizationRecipe.None, NetworkWeights.CopyOf(network));
            var rows = SmallImages.Rows(37, input).data<float>().ToArray();
            float[]? expected = null;
            foreach (var size in new[] { 1, 2, 3 })
            {
                using var team = new ThreadTeam(size);
                using var held = ThreadTeam.Use(team);
                CollectionAssert.AreEqual(expected ??= Score(scorer, rows, count: 37), Score(scorer, rows, count: 37), $"{architecture}, {size} threads");
                for (var row = 0; row < 37; row += 9)
                    CollectionAssert.AreEqual(expected[(Outputs * row)..(Outputs * (row + 1))], Score(scorer, rows[(row * input.Width)..((row + 1) * input.Width)], count: 1), $"{architecture}, row {row}");
            }
        }
    }

    [TestMethod]
    public void Many_threads_may_score_at_once()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(ResNet, Image, RegularizationRecipe.None);
        var scorer = Scorer(ResNet, Image, RegularizationRecipe.None, NetworkWeights.CopyOf(network));
        var rows = SmallImages.Rows(25, Image).data<float>().ToArray();
        var expected = Score(scorer, rows, count: 25);

        Parallel.For(0, 40, _ => CollectionAssert.AreEqual(expected, Score(scorer, rows, count: 25)));
    }

    [TestMethod]
    public void A_missing_tensor_is_named()
    {
        using var network = Create(ResNet, Image, RegularizationRecipe.None);
        var all = NetworkWeights.CopyOf(network).Tensors;
        foreach (var name in new[] { "stem.weight", "stem_norm.bias", "blocks.1.conv1.weight", "blocks.0.norm2.running_var", "output.weight" })
        {
            var weights = new NetworkWeights([.. all.Where(tensor => tensor.Name != name)]);
            Assert.Contains($"'{name}'", Assert.ThrowsExactly<FormatException>(() => Scorer(ResNet, Image, RegularizationRecipe.None, weights)).Message);
        }
    }

    // Branches that were skipped while training count less at scoring.
    private static RegularizationRecipe Thinned(NetworkArchitecture architecture) => RegularizationRecipe.None with
    {
        Dropout = new SpatialDropout(0.3),
        StochasticDepth = architecture is ConvNetArchitecture ? null : new StochasticDepth { SurvivalProbability = 0.6, Form = StochasticDepthForm.Original },
    };

    private static Network Create(NetworkArchitecture architecture, InputLayout input, RegularizationRecipe recipe)
    {
        var network = SmallImages.Create(architecture, input, Outputs, recipe);
        SmallImages.Stir(network);
        return network;
    }

    private static INetworkScorer Scorer(NetworkArchitecture architecture, InputLayout input, RegularizationRecipe recipe, NetworkWeights weights) =>
        architecture.CreateScorer(new TrainedParts(new MLContext(), recipe, input, Outputs, weights, Scaler: null));

    private static float[] Score(INetworkScorer scorer, float[] rows, int count)
    {
        var scores = new float[count * Outputs];
        scorer.Score(rows, count, scores);
        return scores;
    }
}
