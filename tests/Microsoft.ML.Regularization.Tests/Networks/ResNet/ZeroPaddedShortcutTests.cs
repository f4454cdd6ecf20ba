using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.ResNet;

[TestClass]
public sealed class ZeroPaddedShortcutTests
{
    [TestMethod]
    [DataRow(4, 6)]
    [DataRow(5, 7)]
    [DataRow(1, 1)]
    public void It_is_every_second_place_and_then_zeros(int height, int width)
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.arange(1, 1 + 2 * 3 * height * width, dtype: torch.ScalarType.Float32).view(2, 3, height, width);

        var output = ZeroPaddedShortcut.Of(input, newChannels: 2);

        CollectionAssert.AreEqual(new long[] { 2, 5, (height + 1) / 2, (width + 1) / 2 }, output.shape);
        for (var i = 0; i < output.numel(); i++)
        {
            var (x, y) = (i % (int)output.shape[3], i / (int)output.shape[3] % (int)output.shape[2]);
            var (c, b) = (i / (int)(output.shape[2] * output.shape[3]) % 5, i / (int)(5 * output.shape[2] * output.shape[3]));
            Assert.AreEqual(c < 3 ? input[b, c, 2 * y, 2 * x].item<float>() : 0, output[b, c, y, x].item<float>());
        }
    }
}
