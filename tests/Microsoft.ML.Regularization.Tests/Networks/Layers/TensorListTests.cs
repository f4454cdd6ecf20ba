using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Networks.Layers;

/// <summary>What is listed of a network without making it, against the network.</summary>
[TestClass]
public sealed class TensorListTests
{
    private static readonly MLContext Ml = new();
    private static readonly IDataView Rows = Ml.Data.LoadFromEnumerable(InputExample.Of(1));

    private static IEnumerable<object[]> Cases => ArchitectureCases.All.Concat(
    [
        new(NetworkArchitecture.Mlp() with { Normalization = Normalization.Batch }, ArchitectureCase.Numbers),
        new(NetworkArchitecture.Mlp(3, 2) with { Normalization = Normalization.Batch }, ArchitectureCase.Numbers),
        new(NetworkArchitecture.Mlp(3) with { Normalization = Normalization.Layer }, ArchitectureCase.Numbers),
        new(NetworkArchitecture.ResidualMlp(4, 2) with { Normalization = Normalization.None }, ArchitectureCase.Numbers),
        new(NetworkArchitecture.RealMlp() with { HiddenSizes = [5], EmbedsNumbers = false }, ArchitectureCase.Numbers, ArchitectureCase.Category),
        new(NetworkArchitecture.ConvNet(2, 3) with { Normalization = Normalization.Layer, HiddenSize = 4 }, ArchitectureCase.Images),
        new(NetworkArchitecture.ConvNet(2, 3) with { Normalization = Normalization.None, Flattens = true, Pooling = Pooling.Stride }, ArchitectureCase.Images),
        new(NetworkArchitecture.ResNet(14, 2, preActivation: true) with { Normalization = Normalization.Layer }, ArchitectureCase.Images),
        new(NetworkArchitecture.ResNet(8, 2) with { Normalization = Normalization.None }, ArchitectureCase.Images),
        new(NetworkArchitecture.VisionTransformer(patch: 2, width: 4, depth: 1, heads: 1) with { Pooling = TokenPooling.Mean, MlpRatio = 0.3 }, ArchitectureCase.Images),
        new(NetworkArchitecture.TextTransformer(width: 4, depth: 1, heads: 1) with { Pooling = TokenPooling.ClassToken }, ArchitectureCase.Texts),
        new(NetworkArchitecture.Lstm(3, layers: 2, bidirectional: true), ArchitectureCase.Texts),
        new(NetworkArchitecture.Gru(3), ArchitectureCase.Sequences),
    ]).Select(own => new object[] { own });

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void It_is_the_networks_own_with_every_noise(object architecture)
    {
        var own = (ArchitectureCase)architecture;
        var input = InputColumns.Of(Ml, Rows.Schema, InputRequests.Of(own.FeatureColumnName, own.Architecture) with
        {
            CategoricalColumnNames = own.CategoricalColumnNames,
        }).Layout;
        InputLayoutCheck.Check(Ml, input, own.Architecture);
        var compared = 0;
        var variational = Enum.GetValues<VariationalRates>().Select(rates => RegularizationRecipe.None with { Dropout = new VariationalDropout { Rates = rates } });
        foreach (var recipe in ArchitectureCases.Noises.Concat(variational))
        {
            if (!Takes(own.Architecture, recipe))
                continue;

            using var network = own.Architecture.CreateNetwork(input, 3, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
            var tensors = new TensorList(recipe, NetworkArchitecture.MostWeights);
            own.Architecture.ListTensors(tensors, input, 3);

            CollectionAssert.AreEquivalent(
                NetworkWeights.CopyOf(network).Tensors.Select(tensor => $"{tensor.Name} {TensorEntry.Describe(tensor.Shape)}").ToList(),
                tensors.Shapes.Select(tensor => $"{tensor.Key} {TensorEntry.Describe(tensor.Value)}").ToList());
            Assert.AreEqual(NetworkWeights.CopyOf(network).Tensors.Sum(tensor => tensor.Values.Length), tensors.Count);
            compared++;
        }

        Assert.IsGreaterThan(0, compared);
    }

    [TestMethod]
    public void Every_architecture_is_compared() =>
        CollectionAssert.IsSubsetOf(
            typeof(NetworkArchitecture).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(NetworkArchitecture)) && !type.IsAbstract).ToList(),
            Cases.Select(own => ((ArchitectureCase)own[0]).Architecture.GetType()).Distinct().ToList());

    [TestMethod]
    public void A_list_that_would_never_end_is_refused()
    {
        var layout = new InputLayout { Numbers = 3, Categories = [new CategoryInput("a", 2_000_000_000, 5)] };
        var error = Assert.ThrowsExactly<InvalidDataException>(
            () => NetworkArchitecture.Mlp(4).ListTensors(new TensorList(RegularizationRecipe.None, 1000), layout, 2));
        Assert.Contains("1000", error.Message);
    }

    private static bool Takes(NetworkArchitecture architecture, RegularizationRecipe recipe)
    {
        try
        {
            architecture.CheckRecipe(Ml, recipe);
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }
}
