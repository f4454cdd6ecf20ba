using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace Microsoft.ML.Regularization.Tests.Networks;

/// <summary>
/// Networks that overwrite maps which nobody needs again, and activate after pooling, in training: they have the outputs and the gradients of stock functions
/// in the documented order, each into a tensor of its own.
/// </summary>
[TestClass]
public sealed class StockGradientTests
{
    private const int Rows = 4;

    private static IEnumerable<object[]> ConvNets =>
        from normalization in Enum.GetValues<Normalization>()
        from pooling in Enum.GetValues<Pooling>()
        select new object[] { normalization, pooling };

    private static IEnumerable<object[]> ResNets =>
        from normalization in Enum.GetValues<Normalization>()
        from preActivation in new[] { false, true }
        select new object[] { normalization, preActivation };

    [TestMethod]
    [DynamicData(nameof(ConvNets))]
    public void Of_plain_convolutional_networks(Normalization normalization, Pooling pooling) =>
        AssertAlike(NetworkArchitecture.ConvNet(4, 5) with { Normalization = normalization, Pooling = pooling }, (weights, maps) =>
        {
            for (var block = 0; block < 2; block++)
            {
                maps = relu(Normalize(weights, $"blocks.{block}.norm", Convolve(weights, $"blocks.{block}.conv", maps, pooling == Pooling.Stride ? 2 : 1)));
                maps = pooling switch { Pooling.Max => max_pool2d(maps, 2), Pooling.Average => avg_pool2d(maps, 2), _ => maps };
            }

            return maps;
        });

    [TestMethod]
    [DynamicData(nameof(ResNets))]
    public void Of_residual_networks(Normalization normalization, bool preActivation) =>
        AssertAlike(NetworkArchitecture.ResNet(14, 3, preActivation) with { Normalization = normalization }, (weights, maps) =>
        {
            maps = relu(Normalize(weights, "stem_norm", Convolve(weights, "stem", maps)));
            for (var block = 0; block < 6; block++)
            {
                var (name, input) = ($"blocks.{block}", maps);
                var widens = block is 2 or 4;
                if (preActivation && block > 0)
                    input = relu(Normalize(weights, name + ".norm0", input));
                var branch = relu(Normalize(weights, name + ".norm1", Convolve(weights, name + ".conv1", input, widens ? 2 : 1)));
                branch = Convolve(weights, name + ".conv2", branch);
                branch = preActivation ? branch : Normalize(weights, name + ".norm2", branch);
                if (widens)
                    maps = pad(max_pool2d(maps, 1, stride: 2), [0, 0, 0, 0, 0, branch.shape[1] - maps.shape[1]]);
                maps = maps + branch;
                maps = preActivation ? maps : relu(maps);
            }

            return preActivation ? relu(Normalize(weights, "norm", maps)) : maps;
        });

    /// <param name="architecture">What is tested.</param>
    /// <param name="stock">The last maps of an image, by the network's parameters and their names.</param>
    private static void AssertAlike(NetworkArchitecture architecture, Func<Dictionary<string, Tensor>, Tensor, Tensor> stock)
    {
        var layout = SmallImages.Layout(2, 9, 8);
        using var scope = NewDisposeScope();
        using var network = SmallImages.Create(architecture, layout);
        SmallImages.Stir(network);
        network.train();
        var weights = network.named_parameters().ToDictionary(named => named.name, named => (Tensor)named.parameter);
        var rows = SmallImages.Rows(Rows, layout).requires_grad_();
        Tensor[] inputs = [rows, .. weights.Values];

        var outputs = network.forward(rows);
        var gradients = autograd.grad([outputs.square().sum()], inputs);
        var expected = linear(stock(weights, rows.view(Rows, 2, 9, 8)).mean([2, 3]), weights["output.weight"], weights["output.bias"]);
        var expectedGradients = autograd.grad([expected.square().sum()], inputs);

        Assert.IsTrue(allclose(expected, outputs, rtol: 1e-4, atol: 1e-5), "outputs");
        foreach (var (name, wanted, actual) in weights.Keys.Prepend("rows").Zip(expectedGradients, gradients))
        {
            var scale = wanted.abs().max().item<float>();
            Assert.IsGreaterThan(0f, scale, name);
            Assert.IsTrue(allclose(wanted, actual, rtol: 1e-3, atol: 1e-4 * scale), name);
        }
    }

    private static Tensor Convolve(Dictionary<string, Tensor> weights, string name, Tensor maps, int stride = 1) =>
        conv2d(maps, weights[name + ".weight"], weights.GetValueOrDefault(name + ".bias"), strides: [stride, stride], padding: [1, 1]);

    /// <summary>Layer normalization has one scale for each map too; convolutions have biases but in front of batch normalization.</summary>
    private static Tensor Normalize(Dictionary<string, Tensor> weights, string name, Tensor maps)
    {
        if (!weights.TryGetValue(name + ".weight", out var scale))
            return maps;

        long[] over = weights.ContainsKey("stem.bias") || weights.ContainsKey("blocks.0.conv.bias") ? [1, 2, 3] : [0, 2, 3];
        var mean = maps.mean(over, keepdim: true);
        var variance = (maps - mean).square().mean(over, keepdim: true);
        return (maps - mean) / (variance + 1e-5).sqrt() * scale.view(1, -1, 1, 1) + weights[name + ".bias"].view(1, -1, 1, 1);
    }
}
