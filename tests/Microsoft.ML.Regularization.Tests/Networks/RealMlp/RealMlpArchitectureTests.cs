using System.Text.Json;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Networks.RealMlp;

[TestClass]
public sealed class RealMlpArchitectureTests
{
    private static readonly RealMlpArchitecture Changed =
        new() { HiddenSizes = [9, 4], Activation = Activation.Mish, EmbedsNumbers = false, FrequencyDeviation = 0.5, ScaleDecay = 6, InitializesFromData = false, ScalesCategories = false };

    [TestMethod]
    public void The_default_has_the_papers_layers()
    {
        var architecture = NetworkArchitecture.RealMlp();

        CollectionAssert.AreEqual(new[] { 256, 256, 256 }, architecture.HiddenSizes.ToArray());
        Assert.IsNull(architecture.Activation);
        Assert.AreEqual(Activation.SELU, ((RealMlpArchitecture)architecture.ForTask(hasClasses: true)).Activation);
        Assert.AreEqual(Activation.Mish, ((RealMlpArchitecture)architecture.ForTask(hasClasses: false)).Activation);
        Assert.AreSame(Changed, Changed.ForTask(hasClasses: true));
        Assert.AreEqual(0.1, architecture.FrequencyDeviation);
        Assert.AreEqual("RealMlp(256, 256, 256)", architecture.ToString());
        Assert.AreEqual("RealMlp(9, 4), Mish, plain numbers, scale decay 6, not initialized from data, plain codes", Changed.ToString());
    }

    [TestMethod]
    public void Json_gives_the_same_architecture_back_through_the_base_type()
    {
        foreach (var architecture in new[] { NetworkArchitecture.RealMlp(), Changed })
        {
            var json = JsonSerializer.Serialize<NetworkArchitecture>(architecture, StrictJson.Options);
            var again = JsonSerializer.Deserialize<NetworkArchitecture>(json, StrictJson.Options);

            Assert.AreEqual(architecture, again);
            Assert.AreEqual(architecture.GetHashCode(), again!.GetHashCode());
        }
    }

    [TestMethod]
    public void Every_member_counts_for_equality()
    {
        Assert.AreNotEqual(Changed, Changed with { HiddenSizes = [9, 5] });
        Assert.AreNotEqual(Changed, Changed with { Activation = Activation.SELU });
        Assert.AreNotEqual(Changed, Changed with { EmbedsNumbers = true });
        Assert.AreNotEqual(Changed, Changed with { FrequencyDeviation = 0.6 });
        Assert.AreNotEqual(Changed, Changed with { ScaleDecay = 36 });
        Assert.AreNotEqual(Changed, Changed with { InitializesFromData = true });
        Assert.AreNotEqual(Changed, Changed with { ScalesCategories = true });
    }

    [TestMethod]
    public void Validate_names_what_is_out_of_range()
    {
        AssertRefuses(Changed with { HiddenSizes = [3, 0] }, "HiddenSizes[1]");
        AssertRefuses(Changed with { HiddenSizes = [] }, "HiddenSizes");
        AssertRefuses(Changed with { HiddenSizes = null! }, "HiddenSizes");
        AssertRefuses(Changed with { Activation = (Activation)99 }, "Activation");
        AssertRefuses(Changed with { FrequencyDeviation = 0 }, "FrequencyDeviation");
        AssertRefuses(Changed with { ScaleDecay = -1 }, "ScaleDecay");
    }

    [TestMethod]
    public void Noise_that_its_layers_do_not_have_is_refused()
    {
        IExceptionContext context = new MLContext();
        foreach (Dropout dropout in new Dropout[] { new AlphaDropout(0.1), new DropConnect(0.1), new VariationalDropout() })
        {
            var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
                () => NetworkArchitecture.RealMlp().CheckRecipe(context, RegularizationRecipe.None with { Dropout = dropout }));
            Assert.Contains(dropout.GetType().Name, exception.Message);
            Assert.Contains("RealMlp(256, 256, 256)", exception.Message);
        }

        NetworkArchitecture.RealMlp().CheckRecipe(context, RegularizationRecipe.None with { Dropout = 0.15 });
        NetworkArchitecture.RealMlp().CheckRecipe(context, RegularizationRecipe.None with { Dropout = new GaussianDropout(0.15) });
    }

    [TestMethod]
    public void The_network_has_as_many_parameters_as_the_formula_says()
    {
        // 83 for each number, 9 * 8 and more for large categories, the factors, three hidden layers, two outputs.
        var input = new InputLayout { Numbers = 6, Categories = [new("two", 1, 2), new("eight", 1, 8), new("nine", 2, 9), new("hundred", 1, 100)] };
        const int Width = 6 * 4 + 1 + 8 + 8 + 8 + 8;
        const int Flagged = 4 * 83 + 2 * 10 * 8 + 101 * 8 + (Width - 2 * 3) * 257 + 2 * 256 + 2 * (256 * 256 + 2 * 256) + 2 * 256 + 2;
        const int Expected = 6 * 83 + 2 * 10 * 8 + 101 * 8 + Width + (Width * 256 + 2 * 256) + 2 * (256 * 256 + 2 * 256) + 2 * 256 + 2;

        Assert.AreEqual(Expected, Count(NetworkArchitecture.RealMlp()));
        Assert.AreEqual(Expected - 6 * 83 - 6 * 3 - 6 * 3 * 256, Count(NetworkArchitecture.RealMlp() with { EmbedsNumbers = false }));

        // A number of two values at most is itself.
        input = input with { Flags = [1, 4] };
        Assert.AreEqual(Flagged, Count(NetworkArchitecture.RealMlp()));
        Assert.AreEqual(Expected - 6 * 83 - 6 * 3 - 6 * 3 * 256, Count(NetworkArchitecture.RealMlp() with { EmbedsNumbers = false }));

        long Count(NetworkArchitecture architecture)
        {
            using var network = architecture.CreateNetwork(input, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
            return network.parameters().Sum(parameter => parameter.numel());
        }
    }

    private static void AssertRefuses(RealMlpArchitecture architecture, string option)
    {
        IExceptionContext context = new MLContext();

        Assert.AreEqual(option, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.Validate(context)).ParamName);
    }
}
