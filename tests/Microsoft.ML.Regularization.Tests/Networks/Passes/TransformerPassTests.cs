namespace Microsoft.ML.Regularization.Tests.Networks.Passes;

/// <summary>Transformers in managed code have the outputs and gradients of libtorch.</summary>
[TestClass]
public sealed class TransformerPassTests
{
    private static readonly RegularizationRecipe Dropped = RegularizationRecipe.None with { Dropout = new StandardDropout(0.3) };

    private static readonly StochasticDepth OfRows = new() { SurvivalProbability = 0.4, Granularity = StochasticDepthGranularity.Row };

    private static readonly VisionTransformerArchitecture Vision = new() { PatchSize = 4, Width = 24, Depth = 2, Heads = 3, MlpRatio = 1.5 };

    private static readonly TextTransformerArchitecture Text = new() { Width = 20, Depth = 2, Heads = 2, MaxLength = 9, MlpRatio = 2 };

    private static readonly TextTransformerArchitecture Bert = Text with { Form = TransformerForm.Bert, NormalizationEpsilon = 1e-12 };

    private static readonly InputLayout Texts = new() { Text = new TextInput(MaxLength: 9, Vocabulary: 30) };

    private static readonly InputLayout LongTexts = new() { Text = new TextInput(MaxLength: 37, Vocabulary: 30) };

    private static IEnumerable<(string Name, NetworkArchitecture Architecture, InputLayout Input, RegularizationRecipe Recipe, int Rows)> Networks =>
    [
        ("vision", Vision, Image(8, 12, 3, ChannelOrder.ChannelsFirst), Dropped, 7),
        ("vision, channels last", Vision, Image(8, 12, 3, ChannelOrder.ChannelsLast), Dropped, 7),
        ("vision, mean of tokens", Vision with { Pooling = TokenPooling.Mean }, Image(8, 8, 1, ChannelOrder.ChannelsFirst), Dropped, 6),
        ("vision, whole vectors", Vision with { Width = 64, Depth = 1, Heads = 2, MlpRatio = 4 }, Image(16, 16, 3, ChannelOrder.ChannelsFirst), RegularizationRecipe.None, 5),
        ("vision, some at a time", Vision with { Width = 16, Heads = 2 }, Image(20, 20, 1, ChannelOrder.ChannelsFirst), Dropped, 90),
        ("vision, tokens on their own", Vision with { Heads = 24 }, Image(8, 8, 1, ChannelOrder.ChannelsFirst), Dropped, 5),
        ("vision, Gaussian noise", Vision, Image(8, 12, 1, ChannelOrder.ChannelsFirst), RegularizationRecipe.None with { Dropout = new GaussianDropout(0.2) }, 7),
        ("vision whose rows skip branches", Vision with { Depth = 3 }, Image(8, 12, 1, ChannelOrder.ChannelsFirst), Dropped with { StochasticDepth = OfRows }, 90),
        (
            "vision whose branches are skipped", Vision with { Depth = 6 }, Image(8, 12, 1, ChannelOrder.ChannelsFirst),
            Dropped with { StochasticDepth = new StochasticDepth { SurvivalProbability = 0.3 } }, 7),
        .. from form in new[] { Text, Bert }
           from pooling in Enum.GetValues<TokenPooling>()
           where form != Bert || pooling != TokenPooling.ClassToken
           select ($"{form.Form}, {pooling}", (NetworkArchitecture)(form with { Pooling = pooling }), Texts, Dropped, 20),
        ("texts, whole vectors", Text with { Width = 64, Depth = 1, Heads = 2 }, Texts, Dropped, 30),
        ("texts, some at a time", Text with { Depth = 1, MaxLength = 37 }, LongTexts, Dropped, 150),
        ("texts of BERT, some at a time", Bert with { Depth = 1, MaxLength = 37 }, LongTexts, Dropped, 150),
        ("texts whose rows skip branches", Text with { Depth = 3 }, Texts, Dropped with { StochasticDepth = OfRows }, 40),
        ("texts of many tokens", Text with { MaxLength = 230 }, new InputLayout { Text = new TextInput(MaxLength: 230, Vocabulary: 30) }, Dropped, 5),
        ("texts of BERT of many tokens", Bert with { MaxLength = 230, Pooling = TokenPooling.Mean }, new InputLayout { Text = new TextInput(MaxLength: 230, Vocabulary: 30) }, Dropped, 5),
        ("one text", Text, Texts, Dropped, 1),
    ];

    private static IEnumerable<object[]> NetworkNames => Networks.Select(network => new object[] { network.Name });

    [TestMethod]
    [DynamicData(nameof(NetworkNames))]
    public void Transformers_have_the_outputs_and_gradients_of_libtorch(string name)
    {
        var (_, architecture, input, recipe, rows) = Networks.Single(network => network.Name == name);
        using var bench = new PassBench(architecture, input, recipe, new CrossEntropyObjective(), outputs: 3, targets: 3, rows) { Tolerance = 1e-4 };
        bench.AssertEqual();
    }

    [TestMethod]
    public void Gradients_are_those_of_finite_differences()
    {
        foreach (var (architecture, input) in new (NetworkArchitecture, InputLayout)[] { (Vision, Image(8, 12, 3, ChannelOrder.ChannelsFirst)), (Text, Texts), (Bert, Texts) })
        {
            using var bench = new PassBench(architecture, input, Dropped, new CrossEntropyObjective(), outputs: 3, targets: 3, rows: 20);
            bench.Network.PreparePasses();
            bench.AssertIsDerivative();
        }
    }

    [TestMethod]
    public void Layers_without_managed_code_leave_their_network_to_libtorch()
    {
        Assert.IsTrue(Has(Dropped));
        Assert.IsFalse(Has(RegularizationRecipe.None with { Dropout = Dropout.Connect(0.2) }));
        Assert.IsFalse(Has(RegularizationRecipe.None with { Dropout = Dropout.Variational() }));
        Assert.IsFalse(Has(Dropped with { ManifoldMixup = new ManifoldMixup() }));

        static bool Has(RegularizationRecipe recipe)
        {
            using var bench = new PassBench(Text, Texts, recipe, new CrossEntropyObjective(), outputs: 3, targets: 3, rows: 8);
            bench.Network.PreparePasses();
            return bench.Network.Passes is not null;
        }
    }

    private static InputLayout Image(int height, int width, int channels, ChannelOrder order) =>
        new() { Numbers = height * width * channels, Image = new ImageShape(height, width, channels, order) };
}
