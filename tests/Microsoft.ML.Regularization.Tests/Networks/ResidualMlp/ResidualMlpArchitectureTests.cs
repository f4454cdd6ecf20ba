using System.Text.Json;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Networks.ResidualMlp;

[TestClass]
public sealed class ResidualMlpArchitectureTests
{
    public static IEnumerable<object[]> Architectures =>
    [
        [new ResidualMlpArchitecture()],
        [NetworkArchitecture.ResidualMlp(1, 1, 1.0 / 16)],
        [NetworkArchitecture.ResidualMlp(7, 3, 1.5) with { Activation = Activation.GELU, Normalization = Normalization.Layer }],
        [NetworkArchitecture.ResidualMlp(6, 2) with { Activation = Activation.Tanh, Normalization = Normalization.None }],
    ];

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void Json_gives_the_same_architecture_back_through_the_base_type(NetworkArchitecture architecture)
    {
        var json = JsonSerializer.Serialize(architecture, StrictJson.Options);
        var again = JsonSerializer.Deserialize<NetworkArchitecture>(json, StrictJson.Options);

        Assert.AreEqual(architecture, again);
        Assert.AreEqual(architecture.GetHashCode(), again!.GetHashCode());
        Assert.Contains("\"network\": \"ResidualMlp\"", json);
    }

    [TestMethod]
    public void Every_member_counts_for_equality()
    {
        var architecture = NetworkArchitecture.ResidualMlp(32, 3, 1);
        ResidualMlpArchitecture[] all =
        [
            architecture,
            architecture with { Width = 33 },
            architecture with { Blocks = 2 },
            architecture with { HiddenFactor = 1.1 },
            architecture with { Activation = Activation.SiLU },
            architecture with { Normalization = Normalization.Layer },
        ];

        CollectionAssert.AllItemsAreUnique(all);
        Assert.AreEqual(new ResidualMlpArchitecture { Width = 32, Blocks = 3, HiddenFactor = 1 }, architecture);
        Assert.AreEqual(new ResidualMlpArchitecture(), NetworkArchitecture.ResidualMlp());
    }

    [TestMethod]
    public void It_prints_its_blocks()
    {
        Assert.AreEqual("ResidualMlp(4 blocks of 128 through 256), ReLU, Batch normalization", NetworkArchitecture.ResidualMlp().ToString());
        Assert.AreEqual(
            "ResidualMlp(2 blocks of 10 through 5), Tanh",
            (NetworkArchitecture.ResidualMlp(10, 2, 0.5) with { Activation = Activation.Tanh, Normalization = Normalization.None }).ToString());
    }

    [TestMethod]
    public void Only_batch_normalization_needs_two_rows()
    {
        Assert.IsTrue(NetworkArchitecture.ResidualMlp().NeedsTwoRowsPerBatch);
        Assert.IsFalse((NetworkArchitecture.ResidualMlp() with { Normalization = Normalization.Layer }).NeedsTwoRowsPerBatch);
        Assert.IsFalse((NetworkArchitecture.ResidualMlp() with { Normalization = Normalization.None }).NeedsTwoRowsPerBatch);
    }

    [TestMethod]
    public void Validate_names_the_option_that_is_out_of_range()
    {
        var architecture = NetworkArchitecture.ResidualMlp();
        AssertRefuses(architecture with { Width = 0 }, "Width", "0");
        AssertRefuses(architecture with { Width = 65537 }, "Width", "65537");
        AssertRefuses(architecture with { Blocks = 0 }, "Blocks", "0");
        AssertRefuses(architecture with { Blocks = 1025 }, "Blocks", "1025");
        AssertRefuses(architecture with { HiddenFactor = 0.06 }, "HiddenFactor", "0.06");
        AssertRefuses(architecture with { HiddenFactor = double.NaN }, "HiddenFactor", "NaN");
        AssertRefuses(architecture with { Activation = (Activation)9 }, "Activation", "9");
        AssertRefuses(architecture with { Normalization = (Normalization)9 }, "Normalization", "9");
        NetworkArchitecture.ResidualMlp(65536, 1024, 16).Validate(new MLContext());
    }

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void The_network_has_as_many_parameters_as_the_formula_says(NetworkArchitecture architecture)
    {
        const int Inputs = 6, Outputs = 3;
        var residual = (ResidualMlpArchitecture)architecture;
        var (w, blocks) = (residual.Width, residual.Blocks);
        var h = Math.Max(1, (int)Math.Round(residual.HiddenFactor * w));
        var expected = Inputs * w + w + blocks * (2 * w * h + h + w) + w * Outputs + Outputs
            + (residual.Normalization == Normalization.None ? 0 : 2 * w * (blocks + 1));

        using var network = architecture.CreateNetwork(Inputs, Outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));

        Assert.AreEqual(expected, network.parameters().Sum(parameter => parameter.numel()));
    }

    [TestMethod]
    public void Stochastic_depth_needs_residual_blocks()
    {
        IExceptionContext context = new MLContext();
        var recipe = RegularizationRecipe.None with { StochasticDepth = new StochasticDepth() };

        NetworkArchitecture.ResidualMlp().CheckRecipe(context, recipe);
        NetworkArchitecture.Mlp(3).CheckRecipe(context, RegularizationRecipe.SmallDataset);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => NetworkArchitecture.Mlp(3).CheckRecipe(context, recipe));
    }

    private static void AssertRefuses(ResidualMlpArchitecture architecture, string option, string value)
    {
        IExceptionContext context = new MLContext();
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.Validate(context));

        Assert.AreEqual(option, exception.ParamName);
        Assert.Contains($"but it is {value}.", exception.Message);
    }
}
