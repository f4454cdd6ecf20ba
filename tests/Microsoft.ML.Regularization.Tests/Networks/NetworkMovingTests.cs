using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks;

[TestClass]
public sealed class NetworkMovingTests
{
    private static IEnumerable<object?[]> Cases =>
        from normalization in Enum.GetValues<Normalization>()
        from dropout in new Dropout?[]
        {
            null, new StandardDropout(0.2), new AlphaDropout(0.2), new DropConnect(0.2) { Inference = DropConnectInference.MomentMatched },
            new DropConnect(0.2) { PerExample = true }, new VariationalDropout(), new VariationalDropout { Rates = VariationalRates.Layer },
        }
        select new object?[] { normalization, dropout };

    [TestMethod]
    [DataRow(Normalization.None)]
    [DataRow(Normalization.Batch)]
    [DataRow(Normalization.Layer)]
    public void Networks_for_images_work_after_their_tensors_were_replaced(Normalization normalization)
    {
        foreach (var architecture in new NetworkArchitecture[]
        {
            NetworkArchitecture.ConvNet(3) with { Normalization = normalization }, NetworkArchitecture.ResNet(8, 2, preActivation: true) with { Normalization = normalization },
        })
        {
            foreach (var dropout in new Dropout[] { new StandardDropout(0.2), new SpatialDropout(0.2), new DropConnect(0.2) })
                AssertWorks(architecture, SmallImages.Layout(1, 2, 2), dropout);
        }
    }

    /// <summary>TorchSharp moves a module by replacing its tensors, as here by their type: a layer that kept the old ones would fail.</summary>
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void A_network_works_after_its_tensors_were_replaced(Normalization normalization, Dropout? dropout)
    {
        AssertWorks(NetworkArchitecture.Mlp(5) with { Normalization = normalization }, 4, dropout);
    }

    private static void AssertWorks(NetworkArchitecture architecture, InputLayout input, Dropout? dropout)
    {
        using var scope = torch.NewDisposeScope();
        using var network = architecture.CreateNetwork(input, 3, new NetworkBuilder(RegularizationRecipe.None with { Dropout = dropout }, RandomKey.FromSeed(1)));
        var rows = torch.ones(6, 4);
        network.eval();
        var before = network.forward(rows);
        network.to(torch.ScalarType.Float64);
        var after = network.forward(rows.to(torch.ScalarType.Float64));
        Assert.AreEqual(torch.ScalarType.Float64, after.dtype);
        Assert.IsTrue(torch.allclose(before, after.to(torch.ScalarType.Float32), atol: 1e-6));
        network.train();
        Assert.AreEqual(torch.ScalarType.Float64, network.forward(rows.to(torch.ScalarType.Float64)).dtype);
    }
}
