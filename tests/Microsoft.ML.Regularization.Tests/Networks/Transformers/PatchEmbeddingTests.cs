using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Transformers;

[TestClass]
public sealed class PatchEmbeddingTests
{
    private const int Patch = 2;
    private const int Width = 5;

    [TestMethod]
    [DataRow(ChannelOrder.ChannelsFirst)]
    [DataRow(ChannelOrder.ChannelsLast)]
    public void It_is_a_convolution_whose_stride_is_its_kernel(ChannelOrder order)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = new PatchEmbedding(
            new ImageShape(4, 6, 3, order), Patch, Width, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        var images = torch.sin(torch.arange(2 * 3 * 4 * 6, dtype: torch.ScalarType.Float32)).view(2, 3, 4, 6);
        var parameters = layer.named_parameters().ToDictionary(named => named.name, named => named.parameter);
        var rows = order == ChannelOrder.ChannelsFirst ? images.reshape(2, -1) : images.permute(0, 2, 3, 1).reshape(2, -1);

        var (tokens, present) = layer.forward(rows);

        var kernels = parameters["linear.weight"].view(Width, 3, Patch, Patch);
        var expected = torch.nn.functional.conv2d(images, kernels, parameters["linear.bias"], strides: [Patch, Patch]).flatten(2).transpose(1, 2);
        Assert.IsNull(present);
        CollectionAssert.AreEqual(new long[] { 2, 6, Width }, tokens.shape);
        Assert.IsTrue(torch.allclose(expected, tokens, atol: 1e-5));
    }
}
