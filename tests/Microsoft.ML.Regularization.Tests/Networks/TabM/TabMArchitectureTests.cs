using System.Text.Json;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Networks.TabM;

[TestClass]
public sealed class TabMArchitectureTests
{
    private static readonly TabMArchitecture Changed = new()
    {
        Members = 3, HiddenSizes = [9, 4], Activation = Activation.Mish, NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(5, 2), AveragesProbabilities = true,
    };

    [TestMethod]
    public void The_default_has_an_eighth_of_the_packages_work()
    {
        var architecture = NetworkArchitecture.TabM();

        Assert.AreEqual("TabM(16 members, 256, 256), ReLU, piecewise linear embedding of 48 bins and size 16", architecture.ToString());
        Assert.AreEqual("TabM(32 members, 512, 512), ReLU", (NetworkArchitecture.TabM(32, 512, 512) with { NumericalEmbedding = null }).ToString());
        Assert.AreEqual(true, ((TabMArchitecture)architecture.ForTask(hasClasses: true)).AveragesProbabilities);
        Assert.AreEqual(false, ((TabMArchitecture)architecture.ForTask(hasClasses: false)).AveragesProbabilities);
        Assert.AreSame(Changed, Changed.ForTask(hasClasses: false));
        Assert.AreEqual(InputScaling.NormalQuantiles, architecture.DefaultsFor(hasClasses: true).InputScaling);
    }

    [TestMethod]
    public void Json_gives_the_same_architecture_back_through_the_base_type()
    {
        foreach (var architecture in new[] { NetworkArchitecture.TabM(), Changed, Changed with { NumericalEmbedding = null } })
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
        Assert.AreNotEqual(Changed, Changed with { Members = 4 });
        Assert.AreNotEqual(Changed, Changed with { HiddenSizes = [9, 5] });
        Assert.AreNotEqual(Changed, Changed with { Activation = Activation.ReLU });
        Assert.AreNotEqual(Changed, Changed with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(5, 3) });
        Assert.AreNotEqual(Changed, Changed with { AveragesProbabilities = false });
    }

    [TestMethod]
    public void Validate_names_what_is_out_of_range()
    {
        AssertRefuses(Changed with { Members = 0 }, "Members");
        AssertRefuses(Changed with { Members = 257 }, "Members");
        AssertRefuses(Changed with { HiddenSizes = [3, 0] }, "HiddenSizes[1]");
        AssertRefuses(Changed with { HiddenSizes = [] }, "HiddenSizes");
        AssertRefuses(Changed with { HiddenSizes = null! }, "HiddenSizes");
        AssertRefuses(Changed with { Activation = (Activation)99 }, "Activation");
        AssertRefuses(Changed with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(0) }, "NumericalEmbedding.Bins");
    }

    [TestMethod]
    public void The_network_has_as_many_parameters_as_the_formula_says()
    {
        var input = new InputLayout { Numbers = 6, Categories = [new("eight", 1, 8)] };
        const int Width = 6 * 2 + 5;
        const int Embeddings = 6 * 2 * (5 + 2) + 9 * 5;

        using var network = Changed.CreateNetwork(input, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));

        Assert.AreEqual(Embeddings + 3 * Width + Width * 9 + 9 + 9 * 4 + 4 + 3 * (4 * 2 + 2), network.parameters().Sum(parameter => parameter.numel()));
    }

    private static void AssertRefuses(TabMArchitecture architecture, string option)
    {
        IExceptionContext context = new MLContext();

        Assert.AreEqual(option, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.Validate(context)).ParamName);
    }
}
