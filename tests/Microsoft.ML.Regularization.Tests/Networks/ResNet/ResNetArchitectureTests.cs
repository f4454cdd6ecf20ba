using System.Text.Json;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Networks.ResNet;

[TestClass]
public sealed class ResNetArchitectureTests
{
    private static readonly ResNetArchitecture Default = new();

    /// <summary>0.27, 0.46, 0.66, 0.85 and 1.7 million in table 6 of He et al. (2016).</summary>
    [TestMethod]
    [DataRow(20, 269_722)]
    [DataRow(32, 464_154)]
    [DataRow(44, 658_586)]
    [DataRow(56, 853_018)]
    [DataRow(110, 1_727_962)]
    public void Networks_have_as_many_parameters_as_in_the_literature(int depth, int expected)
    {
        foreach (var preActivation in new[] { false, true })
        {
            using var network = SmallImages.Create(NetworkArchitecture.ResNet(depth, preActivation: preActivation), SmallImages.Layout(3, 32, 32), outputs: 10);
            Assert.AreEqual(expected, network.parameters().Sum(parameter => parameter.numel()));
        }
    }

    [TestMethod]
    [DataRow(8, 5, Normalization.None, false)]
    [DataRow(14, 3, Normalization.Layer, false)]
    [DataRow(14, 6, Normalization.None, true)]
    [DataRow(20, 2, Normalization.Layer, true)]
    [DataRow(8, 7, Normalization.Batch, true)]
    public void The_network_has_as_many_parameters_as_the_formula_says(int depth, int w, Normalization normalization, bool preActivation)
    {
        const int Inputs = 2, Outputs = 4;
        var n = (depth - 2) / 6;
        var expected = 9 * w * (Inputs + w * (42 * n - 10)) + 2 * w * (14 * n + 1) + 4 * w * Outputs + Outputs
            + normalization switch { Normalization.Layer => w * (14 * n + 1), Normalization.None => -w * (14 * n + 1), _ => 0 };

        using var network = SmallImages.Create(
            NetworkArchitecture.ResNet(depth, w, preActivation) with { Normalization = normalization }, SmallImages.Layout(Inputs, 9, 9), Outputs);

        Assert.AreEqual(expected, network.parameters().Sum(parameter => parameter.numel()));
    }

    [TestMethod]
    [DataRow(7, "1202", "7")]
    [DataRow(1208, "1202", "1208")]
    [DataRow(18, "take 14 or 20", "18")]
    [DataRow(21, "take 20 or 26", "21")]
    [DataRow(1201, "take 1196 or 1202", "1201")]
    public void A_depth_without_whole_blocks_is_refused_with_those_nearby(int depth, string advice, string value)
    {
        IExceptionContext context = new MLContext();
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => NetworkArchitecture.ResNet(depth).Validate(context));
        Assert.AreEqual("Depth", error.ParamName);
        Assert.Contains(advice, error.Message);
        Assert.Contains(value, error.Message);
    }

    [TestMethod]
    public void Validate_names_the_option_that_is_out_of_range()
    {
        AssertRefuses(Default with { Width = 0 }, "Width", "0");
        AssertRefuses(Default with { Width = 1025 }, "Width", "1025");
        AssertRefuses(Default with { Activation = (Activation)9 }, "Activation", "9");
        AssertRefuses(Default with { Normalization = (Normalization)9 }, "Normalization", "9");
        foreach (var depth in new[] { 8, 14, 20, 110, 1202 })
            NetworkArchitecture.ResNet(depth).Validate(new MLContext());

        static void AssertRefuses(ResNetArchitecture architecture, string option, string value)
        {
            IExceptionContext context = new MLContext();
            var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.Validate(context));
            Assert.AreEqual(option, error.ParamName);
            Assert.Contains($"but it is {value}.", error.Message);
        }
    }

    [TestMethod]
    public void Json_gives_it_back_and_every_member_counts_for_equality()
    {
        ResNetArchitecture[] all =
        [
            Default, Default with { Depth = 26 }, Default with { Width = 8 }, Default with { PreActivation = true },
            Default with { Activation = Activation.GELU }, Default with { Normalization = Normalization.Layer },
        ];

        CollectionAssert.AllItemsAreUnique(all);
        Assert.AreEqual(Default, NetworkArchitecture.ResNet());
        foreach (var architecture in all)
        {
            var json = JsonSerializer.Serialize<NetworkArchitecture>(architecture, StrictJson.Options);
            Assert.AreEqual<NetworkArchitecture>(architecture, JsonSerializer.Deserialize<NetworkArchitecture>(json, StrictJson.Options)!);
            Assert.Contains("\"network\": \"ResNet\"", json);
        }
    }

    [TestMethod]
    public void It_prints_its_depth()
    {
        Assert.AreEqual("ResNet-20(width 16), ReLU, Batch normalization", Default.ToString());
        Assert.AreEqual(
            "ResNet-8(width 4), SiLU, pre-activated",
            (NetworkArchitecture.ResNet(8, 4, preActivation: true) with { Activation = Activation.SiLU, Normalization = Normalization.None }).ToString());
    }

    [TestMethod]
    public void A_network_that_no_memory_holds_is_refused_before_it_is_made() =>
        Assert.Contains(
            "weights", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SmallImages.Create(NetworkArchitecture.ResNet(1202, 1024), SmallImages.Layout(3, 8, 8))).Message);
}
