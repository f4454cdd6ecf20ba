using System.Text.Json;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Networks.Mlp;

[TestClass]
public sealed class MlpArchitectureTests
{
    public static IEnumerable<object[]> Architectures =>
    [
        [new MlpArchitecture()],
        [NetworkArchitecture.Mlp()],
        [NetworkArchitecture.Mlp(7)],
        [NetworkArchitecture.Mlp(32, 16, 8) with { Activation = Activation.GELU, Normalization = Normalization.Layer }],
        [NetworkArchitecture.Mlp(5, 5) with { Activation = Activation.Tanh, Normalization = Normalization.Batch }],
    ];

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void Json_gives_the_same_architecture_back_through_the_base_type(NetworkArchitecture architecture)
    {
        var json = JsonSerializer.Serialize(architecture, StrictJson.Options);
        var again = JsonSerializer.Deserialize<NetworkArchitecture>(json, StrictJson.Options);

        Assert.AreEqual(architecture, again);
        Assert.AreEqual(architecture.GetHashCode(), again!.GetHashCode());
        Assert.Contains("\"network\": \"Mlp\"", json);
    }

    [TestMethod]
    public void Json_with_an_unknown_member_is_refused() => Assert.ThrowsExactly<JsonException>(
        () => JsonSerializer.Deserialize<NetworkArchitecture>("""{"network":"Mlp","hidden":[3]}""", StrictJson.Options));

    [TestMethod]
    public void Architectures_with_the_same_layers_are_equal()
    {
        var (first, second) = (NetworkArchitecture.Mlp(3, 4), new MlpArchitecture { HiddenSizes = [3, 4] });

        Assert.AreEqual(first, second);
        Assert.AreEqual(first.GetHashCode(), second.GetHashCode());
    }

    [TestMethod]
    public void Every_member_counts_for_equality()
    {
        var architecture = NetworkArchitecture.Mlp(3, 4);

        MlpArchitecture[] others =
        [
            NetworkArchitecture.Mlp(4, 3),
            NetworkArchitecture.Mlp(3),
            NetworkArchitecture.Mlp(),
            architecture with { Activation = Activation.SiLU },
            architecture with { Normalization = Normalization.Batch },
        ];

        foreach (var other in others)
            Assert.IsFalse(architecture.Equals(other), other.ToString());
    }

    [TestMethod]
    public void Changing_the_array_later_does_not_change_the_architecture()
    {
        var sizes = new[] { 3, 4 };
        var architecture = NetworkArchitecture.Mlp(sizes);
        sizes[0] = 9;

        Assert.AreEqual(3, architecture.HiddenSizes[0]);
    }

    [TestMethod]
    public void It_prints_its_layers()
    {
        Assert.AreEqual("Mlp(3, 4), ReLU", NetworkArchitecture.Mlp(3, 4).ToString());
        Assert.AreEqual("Mlp(), Tanh, Layer normalization", (NetworkArchitecture.Mlp() with { Activation = Activation.Tanh, Normalization = Normalization.Layer }).ToString());
    }

    [TestMethod]
    public void Only_batch_normalization_of_a_hidden_layer_needs_two_rows()
    {
        Assert.IsTrue((NetworkArchitecture.Mlp(3) with { Normalization = Normalization.Batch }).NeedsTwoRowsPerBatch);
        Assert.IsFalse((NetworkArchitecture.Mlp() with { Normalization = Normalization.Batch }).NeedsTwoRowsPerBatch);
        Assert.IsFalse((NetworkArchitecture.Mlp(3) with { Normalization = Normalization.Layer }).NeedsTwoRowsPerBatch);
        Assert.IsFalse(NetworkArchitecture.Mlp(3).NeedsTwoRowsPerBatch);
    }

    [TestMethod]
    public void Validate_names_the_layer_that_is_out_of_range()
    {
        AssertRefuses(NetworkArchitecture.Mlp(3, 0), "HiddenSizes[1]", "0");
        AssertRefuses(NetworkArchitecture.Mlp(-2), "HiddenSizes[0]", "-2");
        AssertRefuses(NetworkArchitecture.Mlp(65537), "HiddenSizes[0]", "65537");
        AssertRefuses(NetworkArchitecture.Mlp(3) with { Activation = (Activation)9 }, "Activation", "9");
        AssertRefuses(NetworkArchitecture.Mlp(3) with { Normalization = (Normalization)9 }, "Normalization", "9");
        NetworkArchitecture.Mlp(1, 65536).Validate(new MLContext());
    }

    [TestMethod]
    public void Sizes_that_were_never_set_are_refused()
    {
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new MlpArchitecture { HiddenSizes = null! }.Validate(new MLContext()));

        Assert.AreEqual("HiddenSizes", exception.ParamName);
    }

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void The_network_has_as_many_parameters_as_the_layers_say(NetworkArchitecture architecture)
    {
        const int Inputs = 6, Outputs = 3;
        var mlp = (MlpArchitecture)architecture;
        var widths = mlp.HiddenSizes.Prepend(Inputs).Append(Outputs).ToArray();
        var expected = widths.Zip(widths.Skip(1), (inputs, outputs) => inputs * outputs + outputs).Sum()
            + (mlp.Normalization == Normalization.None ? 0 : 2 * mlp.HiddenSizes.Sum());

        using var network = architecture.CreateNetwork(Inputs, Outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));

        Assert.AreEqual(expected, network.parameters().Sum(parameter => parameter.numel()));
    }

    private static void AssertRefuses(MlpArchitecture architecture, string option, string value)
    {
        IExceptionContext context = new MLContext();
        var exception = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.Validate(context));

        Assert.AreEqual(option, exception.ParamName);
        Assert.Contains($"but it is {value}.", exception.Message);
    }
}
