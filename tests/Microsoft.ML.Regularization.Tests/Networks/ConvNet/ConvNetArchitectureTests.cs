using System.Text.Json;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Networks.ConvNet;

[TestClass]
public sealed class ConvNetArchitectureTests
{
    private static readonly ConvNetArchitecture Default = new();

    [TestMethod]
    public void Json_gives_the_same_architecture_back_through_the_base_type()
    {
        foreach (var architecture in All)
        {
            var json = JsonSerializer.Serialize<NetworkArchitecture>(architecture, StrictJson.Options);
            var again = JsonSerializer.Deserialize<NetworkArchitecture>(json, StrictJson.Options);

            Assert.AreEqual<NetworkArchitecture>(architecture, again!);
            Assert.AreEqual(architecture.GetHashCode(), again!.GetHashCode());
            Assert.Contains("\"network\": \"ConvNet\"", json);
        }
    }

    [TestMethod]
    public void Every_member_counts_for_equality()
    {
        CollectionAssert.AllItemsAreUnique(All);
        Assert.AreEqual(Default, NetworkArchitecture.ConvNet(32, 64, 128));
    }

    [TestMethod]
    public void It_prints_its_layers()
    {
        Assert.AreEqual("ConvNet(32, 64, 128), ReLU, Batch normalization, Max pooling", Default.ToString());
        Assert.AreEqual(
            "ConvNet(8), Tanh, stride 2, flattened, 10 hidden units",
            new ConvNetArchitecture
            {
                Channels = [8], Activation = Activation.Tanh, Normalization = Normalization.None, Pooling = Pooling.Stride, Flattens = true, HiddenSize = 10,
            }.ToString());
    }

    /// <summary>Counted by hand: 9 in out and what the normalization adds, for each block; then the layers behind.</summary>
    [TestMethod]
    [DataRow(Normalization.Batch, Pooling.Max, false, 0, 9 * (1 * 4 + 4 * 6) + 2 * (4 + 6) + 6 * 5 + 5)]
    [DataRow(Normalization.None, Pooling.Max, false, 0, 9 * (1 * 4 + 4 * 6) + (4 + 6) + 6 * 5 + 5)]
    [DataRow(Normalization.Layer, Pooling.Average, false, 0, 9 * (1 * 4 + 4 * 6) + 3 * (4 + 6) + 6 * 5 + 5)]
    [DataRow(Normalization.Batch, Pooling.Max, true, 0, 9 * (1 * 4 + 4 * 6) + 2 * (4 + 6) + 6 * (1 * 2) * 5 + 5)]
    [DataRow(Normalization.Batch, Pooling.Stride, true, 0, 9 * (1 * 4 + 4 * 6) + 2 * (4 + 6) + 6 * (2 * 3) * 5 + 5)]
    [DataRow(Normalization.Batch, Pooling.Max, true, 7, 9 * (1 * 4 + 4 * 6) + 2 * (4 + 6) + 6 * (1 * 2) * 7 + 7 + 2 * 7 + 7 * 5 + 5)]
    public void The_network_has_as_many_parameters_as_the_formula_says(
        Normalization normalization, Pooling pooling, bool flattens, int hidden, int expected)
    {
        var architecture = NetworkArchitecture.ConvNet(4, 6) with { Normalization = normalization, Pooling = pooling, Flattens = flattens, HiddenSize = hidden };
        using var network = SmallImages.Create(architecture, SmallImages.Layout(1, 7, 9), outputs: 5);

        Assert.AreEqual(expected, network.parameters().Sum(parameter => parameter.numel()));
    }

    [TestMethod]
    public void Validate_names_the_option_that_is_out_of_range()
    {
        AssertRefuses(Default with { Channels = [] }, "Channels", "at least one block");
        AssertRefuses(Default with { Channels = null! }, "Channels", "at least one block");
        AssertRefuses(NetworkArchitecture.ConvNet(3, 0), "Channels[1]", "but it is 0.");
        AssertRefuses(NetworkArchitecture.ConvNet(4097), "Channels[0]", "but it is 4097.");
        AssertRefuses(Default with { Activation = (Activation)9 }, "Activation", "but it is 9.");
        AssertRefuses(Default with { Normalization = (Normalization)9 }, "Normalization", "but it is 9.");
        AssertRefuses(Default with { Pooling = (Pooling)9 }, "Pooling", "but it is 9.");
        AssertRefuses(Default with { HiddenSize = -1 }, "HiddenSize", "but it is -1.");
        Default.Validate(new MLContext());
    }

    [TestMethod]
    public void Images_must_be_large_enough_to_be_halved()
    {
        var layout = SmallImages.Layout(1, 8, 7);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SmallImages.Create(Default, layout));
        Assert.AreEqual("Channels", error.ParamName);
        foreach (var part in new[] { "3 times", "at least 8 x 8", "8 x 7", "Pooling.Stride" })
            Assert.Contains(part, error.Message);

        SmallImages.Create(Default, SmallImages.Layout(1, 8, 8)).Dispose();
        SmallImages.Create(Default with { Pooling = Pooling.Stride }, layout).Dispose();
    }

    [TestMethod]
    public void A_network_that_no_memory_holds_is_refused_before_it_is_made()
    {
        var huge = NetworkArchitecture.ConvNet(4096, 4096, 4096, 4096, 4096);
        Assert.Contains("weights", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SmallImages.Create(huge, SmallImages.Layout(1, 32, 32))).Message);
        var wide = NetworkArchitecture.ConvNet(4096) with { Flattens = true, HiddenSize = 65536 };
        Assert.Contains("weights", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SmallImages.Create(wide, SmallImages.Layout(1, 2048, 2048))).Message);
    }

    [TestMethod]
    public void What_convolutions_cannot_give_is_refused_with_both_names()
    {
        foreach (var architecture in new NetworkArchitecture[] { Default, NetworkArchitecture.ResNet() })
        {
            AssertRefusesRecipe(architecture, new VariationalDropout(), "VariationalDropout");
            AssertRefusesRecipe(architecture, new DropConnect(0.5) { PerExample = true }, "DropConnect.PerExample");
            AssertRefusesRecipe(architecture, new DropConnect(0.5) { Inference = DropConnectInference.MomentMatched }, "DropConnect.MomentMatched");
            AssertRefusesRecipe(architecture, new AlphaDropout(0.1), "SELU");
            foreach (var dropout in new Dropout[] { new StandardDropout(0.1), new GaussianDropout(0.1), new SpatialDropout(0.1), new DropConnect(0.1) })
                architecture.CheckRecipe(new MLContext(), RegularizationRecipe.None with { Dropout = dropout });
        }

        (Default with { Activation = Activation.SELU }).CheckRecipe(new MLContext(), RegularizationRecipe.None with { Dropout = new AlphaDropout(0.1) });
        var deep = RegularizationRecipe.None with { StochasticDepth = new StochasticDepth() };
        Assert.Contains("ConvNet(32", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Default.CheckRecipe(new MLContext(), deep)).Message);

        static void AssertRefusesRecipe(NetworkArchitecture architecture, Dropout dropout, string name)
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => architecture.CheckRecipe(new MLContext(), RegularizationRecipe.None with { Dropout = dropout }));
            Assert.AreEqual("Dropout", error.ParamName);
            Assert.Contains(name, error.Message);
            Assert.Contains(name == "SELU" ? "ReLU" : architecture.ToString(), error.Message);
        }
    }

    [TestMethod]
    public void Spatial_dropout_needs_feature_maps()
    {
        var recipe = RegularizationRecipe.None with { Dropout = new SpatialDropout(0.15) };
        foreach (var architecture in new NetworkArchitecture[] { NetworkArchitecture.Mlp(7), NetworkArchitecture.ResidualMlp() })
        {
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.CheckRecipe(new MLContext(), recipe));
            foreach (var part in new[] { "SpatialDropout", "0.15", architecture.ToString(), "feature maps", "StandardDropout" })
                Assert.Contains(part, error.Message);
        }
    }

    private static ConvNetArchitecture[] All =>
    [
        Default,
        Default with { Channels = [32, 64] },
        Default with { Channels = [64, 32, 128] },
        Default with { Activation = Activation.SiLU },
        Default with { Normalization = Normalization.Layer },
        Default with { Pooling = Pooling.Average },
        Default with { Flattens = true },
        Default with { HiddenSize = 3 },
    ];

    private static void AssertRefuses(ConvNetArchitecture architecture, string option, string part)
    {
        IExceptionContext context = new MLContext();
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.Validate(context));

        Assert.AreEqual(option, exception.ParamName);
        Assert.Contains(part, exception.Message);
    }
}
