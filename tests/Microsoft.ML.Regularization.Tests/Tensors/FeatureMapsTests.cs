using Microsoft.ML.Regularization.Tests.Networks;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tensors;

[TestClass]
public sealed class FeatureMapsTests
{
    [TestMethod]
    [DataRow(3)]
    [DataRow(1)]
    public void Numbers_lie_where_their_order_says(int channels)
    {
        const int Rows = 2, Height = 3, Width = 4;
        using var scope = torch.NewDisposeScope();
        foreach (var order in Enum.GetValues<ChannelOrder>())
        {
            var shape = new ImageShape(Height, Width, channels, order);
            var row = torch.arange(Rows * channels * Height * Width, dtype: torch.ScalarType.Float32).view(Rows, -1);
            var maps = FeatureMaps.Of(row, shape);

            CollectionAssert.AreEqual(new long[] { Rows, channels, Height, Width }, maps.shape);
            for (var i = 0; i < row.numel(); i++)
            {
                var (b, rest) = Math.DivRem(i, channels * Height * Width);
                var (c, y, x) = order == ChannelOrder.ChannelsFirst
                    ? (rest / (Height * Width), rest / Width % Height, rest % Width)
                    : (rest % channels, rest / channels / Width, rest / channels % Width);
                Assert.AreEqual(i, maps[b, c, y, x].item<float>());
            }

            Assert.AreEqual(1, maps.stride(1), "The channels of a place lie together.");
        }
    }

    /// <summary>Else libtorch would turn them around in front of each convolution.</summary>
    [TestMethod]
    public void Channels_lie_together_in_all_maps_and_in_their_gradients()
    {
        using var scope = torch.NewDisposeScope();
        var maps = FeatureMaps.Of(SmallImages.Rows(2, SmallImages.Layout(4, 6, 5)), new ImageShape(6, 5, 4)).requires_grad_();
        var builder = new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1));
        foreach (var normalization in Enum.GetValues<Normalization>())
        {
            foreach (var pooling in Enum.GetValues<Pooling>())
            {
                using var block = new ConvolutionBlock(
                    NetworkArchitecture.ConvNet(4) with { Normalization = normalization, Pooling = pooling }, inputs: 4, outputs: 7, builder);
                AssertTogether(block.forward(maps), $"{normalization}, {pooling}");
            }

            foreach (var index in new[] { 0, 1, 2 })
            {
                foreach (var preActivation in new[] { false, true })
                {
                    using var block = new ResNetBlock(
                        NetworkArchitecture.ResNet(8, index == 0 ? 4 : 4 >> (index - 1), preActivation) with { Normalization = normalization }, index, builder);
                    AssertTogether(block.forward(maps), $"{normalization}, {index}, {preActivation}");
                }
            }
        }

        void AssertTogether(torch.Tensor outputs, string message)
        {
            Assert.AreEqual(1, outputs.stride(1), message);
            Assert.AreEqual(1, torch.autograd.grad([outputs.square().sum()], [maps])[0].stride(1), "gradient of " + message);
        }
    }

    [TestMethod]
    public void The_same_pixels_in_either_order_give_the_same_outputs()
    {
        using var scope = torch.NewDisposeScope();
        var first = SmallImages.Layout(3, 6, 5);
        var last = SmallImages.Layout(3, 6, 5, ChannelOrder.ChannelsLast);
        var planes = SmallImages.Rows(4, first);
        var places = planes.view(4, 3, 6, 5).permute(0, 2, 3, 1).reshape(4, -1);
        foreach (var architecture in new NetworkArchitecture[] { NetworkArchitecture.ConvNet(4, 5), NetworkArchitecture.ResNet(8, 3) })
        {
            using var one = SmallImages.Create(architecture, first);
            using var other = SmallImages.Create(architecture, last);
            CollectionAssert.AreEqual(one.forward(planes).data<float>().ToArray(), other.forward(places).data<float>().ToArray());
        }
    }
}
