namespace Microsoft.ML.Regularization.Tests.Networks.Passes;

/// <summary>In managed code, too, parameters that are frozen change no gradient of the others.</summary>
[TestClass]
public sealed class FrozenPassTests
{
    private static readonly RegularizationRecipe Dropped = RegularizationRecipe.None with { Dropout = new StandardDropout(0.3) };

    private static readonly InputLayout Mixed = new() { Numbers = 3, Categories = [new("small", 2, 3), new("large", 1, 20)] };

    private static readonly InputLayout Texts = new() { Text = new TextInput(MaxLength: 9, Vocabulary: 30) };

    private static readonly InputLayout Image = new() { Numbers = 96, Image = new ImageShape(8, 12) };

    private static IEnumerable<(string Name, NetworkArchitecture Architecture, InputLayout Input)> Networks =>
    [
        ("Mlp", new MlpArchitecture { HiddenSizes = [20, 17], Normalization = Normalization.Batch }, Mixed),
        ("ResidualMlp", new ResidualMlpArchitecture { Width = 20, Blocks = 2, Normalization = Normalization.Layer }, Mixed),
        ("ResidualMlp of batches", new ResidualMlpArchitecture { Width = 20, Blocks = 2, Normalization = Normalization.Batch }, Mixed),
        ("RealMlp", new RealMlpArchitecture { HiddenSizes = [20, 17], NumericalEmbedding = new PiecewiseLinearEmbedding { Bins = 6 } }, Mixed),
        ("TabM", new TabMArchitecture { HiddenSizes = [20, 17], Members = 3 }, Mixed),
        ("Lstm", new LstmArchitecture { HiddenSize = 9, Layers = 2, Bidirectional = true, EmbeddingSize = 7 }, Texts),
        ("Gru", new GruArchitecture { HiddenSize = 9 }, new InputLayout { Numbers = 18, Steps = 6 }),
        ("VisionTransformer", new VisionTransformerArchitecture { PatchSize = 4, Width = 24, Depth = 2, Heads = 3 }, Image),
        ("TextTransformer", new TextTransformerArchitecture { Width = 20, Depth = 2, Heads = 2, MaxLength = 9 }, Texts),
        ("Bert", new TextTransformerArchitecture { Width = 20, Depth = 2, Heads = 2, MaxLength = 9, Form = TransformerForm.Bert, Pooling = TokenPooling.FirstToken }, Texts),
    ];

    private static IEnumerable<object[]> NetworkNames => Networks.Select(network => new object[] { network.Name });

    // The first parameters are frozen, as in fine-tuning, the last ones, and every second.
    [TestMethod]
    [DynamicData(nameof(NetworkNames))]
    public void The_others_learn_as_by_libtorch(string name) => AssertEqual(name, freezesStatistics: false);

    [TestMethod]
    [DataRow("Mlp")]
    [DataRow("ResidualMlp of batches")]
    public void Running_statistics_stay_and_normalize_where_they_are_frozen(string name) => AssertEqual(name, freezesStatistics: true);

    private static void AssertEqual(string name, bool freezesStatistics)
    {
        var (_, architecture, input) = Networks.Single(network => network.Name == name);
        string[] names;
        using (var network = architecture.CreateNetwork(input, 3, new NetworkBuilder(Dropped, RandomKey.FromSeed(6))))
            names = [.. network.named_parameters().Select(named => named.name)];
        foreach (var frozen in new[] { names[..(names.Length / 2)], names[..^2], names[(names.Length / 2)..], [.. names.Where((_, i) => i % 2 == 0)], [.. names.Where((_, i) => i % 2 == 1)] })
        {
            using var bench = new PassBench(architecture, input, Dropped, new CrossEntropyObjective(), outputs: 3, targets: 3, rows: 20, letsSlotsWait: false, frozen);
            bench.Network.FreezesStatistics = freezesStatistics;
            bench.AssertEqual();
        }
    }
}
