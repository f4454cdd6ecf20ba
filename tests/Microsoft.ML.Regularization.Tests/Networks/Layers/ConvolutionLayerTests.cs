using Microsoft.ML.Regularization.Tests.Randomness;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Layers;

[TestClass]
public sealed class ConvolutionLayerTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(1);

    [TestMethod]
    [DataRow(20, 60, 1.4142135623730951)]
    [DataRow(3, 200, 1.0)]
    public void Kernels_are_uniform_with_the_variance_that_keeps_the_scale(int inputs, int outputs, double gain)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = ConvolutionLayer.Create(inputs, outputs, gain, Normalization.None, Builder());
        var weights = layer.get_parameter("weight")!.data<float>().Select(value => (double)value).ToArray();
        var (mean, variance) = GoodnessOfFit.Moments(weights);
        var expected = gain * gain / (9 * inputs);

        CollectionAssert.AreEqual(new long[] { outputs, inputs, 3, 3 }, layer.get_parameter("weight")!.shape);
        Assert.AreEqual(0, mean, 4.5 * Math.Sqrt(expected / weights.Length));
        Assert.AreEqual(expected, variance, 4.5 * 0.9 * expected / Math.Sqrt(weights.Length));
        Assert.IsTrue(layer.get_parameter("bias")!.data<float>().All(bias => bias == 0));
    }

    [TestMethod]
    public void There_are_biases_but_in_front_of_batch_normalization()
    {
        foreach (var normalization in Enum.GetValues<Normalization>())
        {
            using var layer = ConvolutionLayer.Create(2, 3, 1, normalization, Builder());
            Assert.HasCount(normalization == Normalization.Batch ? 1 : 2, layer.named_parameters().ToList());
        }
    }

    [TestMethod]
    public void Layers_of_one_shape_start_with_different_kernels_and_keys_repeat_them()
    {
        CollectionAssert.AreEqual(Kernels(1)[0], Kernels(1)[0]);
        CollectionAssert.AreNotEqual(Kernels(1)[0], Kernels(1)[1]);
        CollectionAssert.AreNotEqual(Kernels(1)[0], Kernels(2)[0]);

        static float[][] Kernels(int seed)
        {
            var builder = new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(seed));
            return [.. Enumerable.Range(0, 2).Select(_ =>
            {
                using var layer = ConvolutionLayer.Create(2, 3, 1, Normalization.Batch, builder);
                return layer.get_parameter("weight")!.data<float>().ToArray();
            })];
        }
    }

    [TestMethod]
    public void DropConnect_masks_kernels_alike_for_all_rows_while_training()
    {
        const double Drop = 0.4;
        using var scope = torch.NewDisposeScope();
        using var layer = ConvolutionLayer.Create(30, 40, 1, Normalization.Batch, Builder(new DropConnect(Drop)));
        var kernels = layer.get_parameter("weight")!;
        var impulse = torch.zeros(2, 30, 3, 3);
        impulse[.., .., 1, 1] = torch.ones(2, 30);

        // Through the impulse of one channel a kernel shows itself, mirrored.
        var seen = new List<float>();
        for (var channel = 0; channel < 30; channel++)
        {
            var one = torch.zeros_like(impulse);
            one[.., channel] = impulse[.., channel];
            var output = layer.forward(one);
            Assert.IsTrue(torch.allclose(output[0], output[1]));
            seen.AddRange((output[0].flip(1, 2) / kernels.select(1, channel)).contiguous().data<float>());
        }

        Assert.IsTrue(seen.All(factor => Math.Abs(factor) < 1e-4 || Math.Abs(factor - 1 / (1 - Drop)) < 1e-3));
        Assert.AreEqual(Drop, seen.Count(factor => Math.Abs(factor) < 1e-4) / (double)seen.Count, 4.5 * Math.Sqrt(Drop * (1 - Drop) / seen.Count));

        layer.eval();
        Assert.IsTrue(torch.allclose(torch.nn.functional.conv2d(impulse, kernels, padding: [1, 1]), layer.forward(impulse)));
    }

    private static NetworkBuilder Builder(Dropout? dropout = null) => new(RegularizationRecipe.None with { Dropout = dropout }, Key);
}
