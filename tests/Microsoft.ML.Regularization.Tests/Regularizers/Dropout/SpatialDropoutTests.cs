using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class SpatialDropoutTests
{
    private const double Drop = 0.3;

    [TestMethod]
    public void Whole_maps_are_dropped_and_the_others_made_up_for_them()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Builder().MapNoise()!;

        var output = layer.forward(torch.ones(100, 50, 2, 3)).view(100 * 50, 6);

        var means = output.mean([1]).data<float>().ToArray();
        Assert.AreEqual(0, output.std(1).max().item<float>(), "Places of a map share their fate.");
        Assert.IsTrue(means.All(mean => mean == 0 || Math.Abs(mean - 1 / (1 - Drop)) < 1e-4));
        Assert.AreEqual(Drop, means.Count(mean => mean == 0) / (double)means.Length, 4.5 * Math.Sqrt(Drop * (1 - Drop) / means.Length));
    }

    [TestMethod]
    public void Standard_dropout_of_maps_drops_single_places()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = new NetworkBuilder(RegularizationRecipe.None with { Dropout = Drop }, RandomKey.FromSeed(1)).MapNoise()!;

        var output = layer.forward(torch.ones(20, 10, 8, 8)).view(200, 64);

        Assert.IsGreaterThan(0.1f, output.std(1).min().item<float>());
    }

    [TestMethod]
    public void Nothing_happens_at_scoring()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Builder().MapNoise()!;
        layer.eval();
        var input = torch.linspace(-1, 1, 24).view(2, 3, 2, 2);

        CollectionAssert.AreEqual(input.data<float>().ToArray(), layer.forward(input).data<float>().ToArray());
    }

    private static NetworkBuilder Builder() => new(RegularizationRecipe.None with { Dropout = new SpatialDropout(Drop) }, RandomKey.FromSeed(1));
}
