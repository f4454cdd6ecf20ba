namespace Microsoft.ML.Regularization.Tests.Networks.Transformers;

/// <summary>Transformers score in managed code what their torch modules do.</summary>
[TestClass]
public sealed class TransformerScorerTests
{
    private static readonly InputLayout Image = new() { Numbers = 8 * 12 * 3, Image = new ImageShape(8, 12, 3) };

    private static readonly InputLayout LastImage = Image with { Image = new ImageShape(8, 12, 3, ChannelOrder.ChannelsLast) };

    private static readonly InputLayout Texts = new() { Text = new TextInput(MaxLength: 9, Vocabulary: 30) };

    private static readonly VisionTransformerArchitecture Vision = new() { PatchSize = 4, Width = 24, Depth = 2, Heads = 3, MlpRatio = 1.5 };

    private static readonly TextTransformerArchitecture Text = new() { Width = 20, Depth = 2, Heads = 2, MaxLength = 9 };

    private static readonly TextTransformerArchitecture Bert = Text with { Form = TransformerForm.Bert, NormalizationEpsilon = 1e-3 };

    private static IEnumerable<(TransformerArchitecture Architecture, InputLayout Input)> Networks =>
    [
        (Vision, Image), (Vision, LastImage), (Vision with { Pooling = TokenPooling.Mean, NormalizationEpsilon = 1e-2 }, Image), (Vision with { Width = 64, Heads = 2, MlpRatio = 6 }, Image),
        .. from form in new[] { Text, Bert }
           from pooling in Enum.GetValues<TokenPooling>()
           where form != Bert || pooling != TokenPooling.ClassToken
           select ((TransformerArchitecture)(form with { Pooling = pooling }), Texts),
    ];

    private static IEnumerable<RegularizationRecipe> Recipes =>
    [
        RegularizationRecipe.None,
        RegularizationRecipe.None with { Dropout = new StandardDropout(0.3), StochasticDepth = new StochasticDepth { SurvivalProbability = 0.6, Form = StochasticDepthForm.Original } },
        RegularizationRecipe.None with { Dropout = Dropout.Connect(0.3) },
    ];

    [TestMethod]
    public void Scores_are_those_of_libtorch()
    {
        foreach (var (architecture, input) in Networks)
        {
            foreach (var recipe in Recipes)
            {
                using var network = Create(architecture, input, recipe);
                var rows = Rows(input, count: 120);
                using var pass = network.Begin(isTraining: false);
                using var tensor = FloatTensors.Of(rows, 120, input.Width);
                var expected = network.forward(tensor).data<float>().ToArray();
                var scores = Score(Scorer(architecture, input, recipe, network), rows, count: 120);
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
            using var network = Create(architecture, input, RegularizationRecipe.None);
            var scorer = Scorer(architecture, input, RegularizationRecipe.None, network);
            var rows = Rows(input, count: 70);
            var together = Score(scorer, rows, count: 70);
            for (var row = 0; row < 70; row++)
                CollectionAssert.AreEqual(together[(2 * row)..(2 * row + 2)], Score(scorer, rows[(row * input.Width)..((row + 1) * input.Width)], count: 1), $"{architecture}, row {row}");
            using var team = new ThreadTeam(3);
            using var held = ThreadTeam.Use(team);
            CollectionAssert.AreEqual(together, Score(scorer, rows, count: 70));
        }
    }

    [TestMethod]
    public void Many_threads_may_score_at_once()
    {
        using var network = Create(Text, Texts, RegularizationRecipe.None);
        var scorer = Scorer(Text, Texts, RegularizationRecipe.None, network);
        var rows = Rows(Texts, count: 50);
        var expected = Score(scorer, rows, count: 50);
        Parallel.For(0, 40, _ => CollectionAssert.AreEqual(expected, Score(scorer, rows, count: 50)));
    }

    [TestMethod]
    public void A_missing_tensor_is_named()
    {
        using var network = Create(Vision, Image, RegularizationRecipe.None);
        foreach (var name in new[] { "class_token.token", "positions.table", "embedding.linear.bias", "blocks.1.attention.qkv.weight", "blocks.0.mlp_norm.bias", "norm.weight", "output.weight" })
        {
            var weights = new NetworkWeights([.. NetworkWeights.CopyOf(network).Tensors.Where(tensor => tensor.Name != name)]);
            Assert.Contains($"'{name}'", Assert.ThrowsExactly<FormatException>(() => Scorer(Vision, Image, RegularizationRecipe.None, weights)).Message);
        }
    }

    [TestMethod]
    public void Noise_is_left_to_libtorch()
    {
        using var network = Create(Text, Texts, RegularizationRecipe.None);
        var scorer = Scorer(Text, Texts, RegularizationRecipe.None, network);
        Assert.IsFalse(Text.DrawsInManagedCode);
        Assert.ThrowsExactly<NotSupportedException>(() => scorer.Score(new float[9], 1, new float[2], new NetworkNoise([], [], IsEmpty: true)));
    }

    // Factors that are all 1 and shifts that are 0 would hide what is multiplied by them.
    private static Network Create(TransformerArchitecture architecture, InputLayout input, RegularizationRecipe recipe)
    {
        var (network, random) = (architecture.CreateNetwork(input, 2, new NetworkBuilder(recipe, RandomKey.FromSeed(7))), new Random(3));
        foreach (var (_, parameter) in network.named_parameters())
        {
            foreach (ref var value in FlatParameters.SpanOf(parameter))
                value += (float)(0.2 * (random.NextDouble() - 0.5));
        }

        return network;
    }

    private static INetworkScorer Scorer(TransformerArchitecture architecture, InputLayout input, RegularizationRecipe recipe, Network network) =>
        Scorer(architecture, input, recipe, NetworkWeights.CopyOf(network));

    private static INetworkScorer Scorer(TransformerArchitecture architecture, InputLayout input, RegularizationRecipe recipe, NetworkWeights weights) =>
        architecture.CreateScorer(new TrainedParts(new MLContext(), recipe, input, 2, weights, Scaler: null));

    private static float[] Score(INetworkScorer scorer, float[] rows, int count)
    {
        var outputs = new float[2 * count];
        scorer.Score(rows, count, outputs);
        return outputs;
    }

    private static float[] Rows(InputLayout input, int count)
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, count).SelectMany(_ => input.Text is { } text ? Tokens(text, random) : Enumerable.Range(0, input.Width).Select(_ => 2 * random.NextSingle() - 1))];
    }

    private static IEnumerable<float> Tokens(TextInput text, Random random)
    {
        var length = random.Next(1, text.MaxLength + 1);
        return Enumerable.Range(0, text.MaxLength).Select(place => place < length ? random.Next(TextInput.Unknown, text.TableSize) : (float)TextInput.Padding);
    }
}
