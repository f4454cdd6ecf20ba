namespace Microsoft.ML.Regularization.Tests.Regularizers.Tuning;

[TestClass]
public sealed class BodyLayersTests
{
    private static readonly string[] Names =
    [
        "embedding.weight", "positions.table", "embedding_norm.bias", "blocks.0.attention.qkv.weight", "blocks.1.linear.bias", "blocks.5.mlp_norm.weight", "norm.weight",
        "output.weight", "output.bias",
    ];

    [TestMethod]
    public void Layers_are_counted_from_the_input()
    {
        var layers = new BodyLayers(Names);
        CollectionAssert.AreEqual(new[] { 0, 0, 0, 1, 2, 6, 6, 7, 7 }, Names.Select(layers.Of).ToArray());
        Assert.AreEqual(0, new BodyLayers(["stem.weight", "output.weight"]).Of("stem.weight"));
        Assert.AreEqual(2, new BodyLayers(["blocks.10.conv1.weight", "blocks.1.conv1.weight"]).Of("blocks.1.conv1.weight"));
    }

    [TestMethod]
    public void Rates_fall_from_the_head_down_by_the_formula()
    {
        var (layers, tuning) = (new BodyLayers(Names), new FineTuning { BodyRate = 0.5, LayerDecay = 0.8 });
        foreach (var (name, power) in new[] { ("blocks.5.mlp_norm.weight", 1), ("norm.weight", 1), ("blocks.1.linear.bias", 5), ("blocks.0.attention.qkv.weight", 6), ("embedding.weight", 7) })
            Assert.AreEqual(0.5 * Math.Pow(0.8, power), layers.RateOf(name, tuning), 1e-15, name);
        Assert.AreEqual(1, layers.RateOf("output.weight", tuning));
        Assert.AreEqual(1, layers.RateOf("embedding.weight", new FineTuning()));
    }
}
