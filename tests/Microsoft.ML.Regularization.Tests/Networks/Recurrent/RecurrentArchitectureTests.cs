using System.Text.Json;

namespace Microsoft.ML.Regularization.Tests.Networks.Recurrent;

[TestClass]
public sealed class RecurrentArchitectureTests
{
    private static readonly MLContext Context = new();

    public static IEnumerable<object[]> Architectures =>
    [
        [new LstmArchitecture()],
        [new GruArchitecture()],
        [NetworkArchitecture.Lstm(7, 2, bidirectional: true) with { ForgetBias = -1, Pooling = SequencePooling.Max }],
        [NetworkArchitecture.Gru(9, 3) with { EmbeddingSize = 5, MaxLength = 6, Pooling = SequencePooling.Mean }],
    ];

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void Json_gives_the_same_architecture_back_through_the_base_type(NetworkArchitecture architecture)
    {
        var json = JsonSerializer.Serialize(architecture, StrictJson.Options);
        Assert.AreEqual(architecture, JsonSerializer.Deserialize<NetworkArchitecture>(json, StrictJson.Options));
    }

    [TestMethod]
    public void It_prints_its_layers()
    {
        Assert.AreEqual("Lstm(128), Last pooling", NetworkArchitecture.Lstm().ToString());
        Assert.AreEqual(
            "Gru(2 layers of 64 in both directions), Mean pooling",
            (NetworkArchitecture.Gru(64, 2, bidirectional: true) with { Pooling = SequencePooling.Mean }).ToString());
    }

    [TestMethod]
    public void Validate_names_the_option_that_is_out_of_range()
    {
        AssertInvalid(NetworkArchitecture.Lstm(0), "HiddenSize");
        AssertInvalid(NetworkArchitecture.Gru(65537), "HiddenSize");
        AssertInvalid(NetworkArchitecture.Gru(layers: 0), "Layers");
        AssertInvalid(NetworkArchitecture.Gru(layers: 65), "Layers");
        AssertInvalid(NetworkArchitecture.Lstm() with { Pooling = (SequencePooling)5 }, "Pooling");
        AssertInvalid(NetworkArchitecture.Lstm() with { EmbeddingSize = 0 }, "EmbeddingSize");
        AssertInvalid(NetworkArchitecture.Lstm() with { MaxLength = 0 }, "MaxLength");
        AssertInvalid(NetworkArchitecture.Lstm() with { ForgetBias = 10.5 }, "ForgetBias");
        AssertInvalid(NetworkArchitecture.Lstm() with { ForgetBias = double.NaN }, "ForgetBias");
        (NetworkArchitecture.Lstm(1, 64) with { EmbeddingSize = 65536, MaxLength = 65536, ForgetBias = -10 }).Validate(Context);
    }

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void Recipes_that_it_cannot_follow_are_refused_by_both_names(NetworkArchitecture architecture)
    {
        Dropout[] refused =
        [
            new AlphaDropout(0.1), new VariationalDropout(), new DropConnect(0.2) { PerExample = true },
            new DropConnect(0.2) { Inference = DropConnectInference.MomentMatched },
        ];
        foreach (var dropout in refused)
        {
            var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.CheckRecipe(Context, new() { Dropout = dropout }));
            Assert.AreEqual("Dropout", exception.ParamName);
            Assert.Contains(dropout.ToString(), exception.Message);
            Assert.Contains(architecture.ToString(), exception.Message);
        }

        var depth = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => architecture.CheckRecipe(Context, new() { StochasticDepth = new StochasticDepth() }));
        Assert.AreEqual("StochasticDepth", depth.ParamName);
        foreach (var dropout in new Dropout?[] { null, new StandardDropout(0.2), new GaussianDropout(0.2), new DropConnect(0.2) })
            architecture.CheckRecipe(Context, new() { Dropout = dropout });
        architecture.CheckRecipe(Context, RegularizationRecipe.RnnLstm);
    }

    [TestMethod]
    public void Networks_that_no_tensor_can_hold_are_refused_before_they_are_made()
    {
        var builder = new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1));
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => NetworkArchitecture.Lstm(65536).CreateNetwork(new InputLayout { Numbers = 4, Steps = 2 }, 2, builder));
        Assert.AreEqual("HiddenSize", exception.ParamName);
    }

    private static void AssertInvalid(NetworkArchitecture architecture, string option) =>
        Assert.AreEqual(option, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.Validate(Context)).ParamName);
}
