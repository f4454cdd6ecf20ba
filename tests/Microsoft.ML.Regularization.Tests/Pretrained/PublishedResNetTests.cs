using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Pretrained;

[TestClass]
public sealed class PublishedResNetTests
{
    private const int Side = 224;
    private const int Plane = Side * Side;
    private const int Features = 512;

    private static readonly ImageNetResNetArchitecture Network = NetworkArchitecture.ImageNetResNet(18) with { Blocks = [2, 2, 2, 3] };

    /// <summary>The network of Microsoft.ML.DnnImageFeaturizer.ResNet18, whose tensors have numbers for names, and which reads blue first.</summary>
    [TestMethod]
    public void Features_are_those_of_OnnxRuntime()
    {
        var (image, reversed) = (Photo(), new DenseTensor<float>(new float[3 * Plane], [1, 3, Side, Side]));
        for (var i = 0; i < 3 * Plane; i++)
            reversed.SetValue(i, image[(2 - i / Plane) * Plane + i % Plane] - PixelScaling.DnnImageFeaturizer.Mean[i / Plane]);
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(PublishedNetworkFiles.ResNet, options);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(session.InputMetadata.Keys.Single(), reversed)]);
        float[] expected = [.. results[0].AsTensor<float>()];
        var weights = PretrainedWeights.FromOnnx(PublishedNetworkFiles.ResNet) with { Pixels = PixelScaling.DnnImageFeaturizer };
        var layout = new InputLayout { Numbers = 3 * Plane, Image = new ImageShape(Side, Side, 3) };

        var actual = PublishedFeatures.Of(Network, weights, layout, Features, torch.tensor(image).view(1, -1));

        Assert.HasCount(Features, expected);
        Assert.IsGreaterThan(1, expected.Max());
        for (var feature = 0; feature < Features; feature++)
            Assert.AreEqual(expected[feature], actual[feature], 1e-4, $"feature {feature}");
    }

    [TestMethod]
    public void A_network_with_fewer_blocks_does_not_lose_those_that_it_lacks()
    {
        var weights = PretrainedWeights.FromOnnx(PublishedNetworkFiles.ResNet) with { Pixels = PixelScaling.DnnImageFeaturizer };
        var error = Assert.ThrowsExactly<InvalidDataException>(() => weights.ReportFor(NetworkArchitecture.ImageNetResNet(18), new ImageShape(Side, Side, 3)));
        Assert.Contains("layer4.2.", error.Message);
        Assert.Contains("in the file 'Parameter", error.Message);

        var report = weights.ReportFor(Network, new ImageShape(Side, Side, 3));
        Assert.HasCount(5 * 22, report.Taken);
        CollectionAssert.AreEqual(new[] { "output.weight", "output.bias" }, report.New.ToArray());
        CollectionAssert.AreEqual(new[] { "Parameter14" }, report.Taken.Single(taken => taken.Name == "blocks.8.conv1.weight").Sources.ToArray());
        CollectionAssert.AreEqual(new[] { "Parameter351" }, report.Taken.Single(taken => taken.Name == "blocks.6.shortcut.weight").Sources.ToArray());
    }

    /// <summary>A part of what <c>torchvision.models.resnet50().state_dict()</c> lists, at a smaller width.</summary>
    [TestMethod]
    public void Names_of_torchvision_are_known_with_a_head_and_counters()
    {
        var network = new ImageNetResNetArchitecture { Blocks = [1, 2], HasBottlenecks = true, Width = 4 };
        List<NetworkTensor> tensors = [Tensor("conv1.weight", 4, 3, 7, 7), .. Normalization("bn1", 4), Tensor("fc.weight", 10, 32), Tensor("fc.bias", 10)];
        foreach (var (block, inputs, width) in new[] { ("layer1.0", 4, 4), ("layer2.0", 16, 8), ("layer2.1", 32, 8) })
        {
            tensors.AddRange([
                Tensor(block + ".conv1.weight", width, inputs, 1, 1), .. Normalization(block + ".bn1", width), Tensor(block + ".conv2.weight", width, width, 3, 3),
                .. Normalization(block + ".bn2", width), Tensor(block + ".conv3.weight", 4 * width, width, 1, 1), .. Normalization(block + ".bn3", 4 * width)]);
            if (block.EndsWith(".0", StringComparison.Ordinal))
                tensors.AddRange([Tensor(block + ".downsample.0.weight", 4 * width, inputs, 1, 1), .. Normalization(block + ".downsample.1", 4 * width)]);
        }

        using var file = WeightFile.Safetensors(tensors);
        var report = PretrainedWeights.FromSafetensors(file.Path).ReportFor(network, new ImageShape(32, 32, 3));

        CollectionAssert.AreEquivalent(new[] { "fc.weight", "fc.bias" }, report.Left.ToArray());
        Assert.HasCount(tensors.Count - 2, report.Taken);
        foreach (var (own, published) in new[] { ("blocks.2.conv3.weight", "layer2.1.conv3.weight"), ("blocks.1.shortcut_norm.running_var", "layer2.0.downsample.1.running_var") })
            CollectionAssert.AreEqual(new[] { published }, report.Taken.Single(taken => taken.Name == own).Sources.ToArray());
    }

    [TestMethod]
    public void A_graph_with_folded_normalizations_says_how_to_export_it()
    {
        var file = WeightFile.Onnx(
            [WeightFile.Floats("1", new float[9], 1, 1, 3, 3), WeightFile.Floats("2", new float[9], 1, 1, 3, 3)],
            WeightFile.Node("Conv", ["x", "1"], "a"), WeightFile.Node("Conv", ["a", "2"], "b"), WeightFile.Node("Add", ["a", "b"], "c"));
        Assert.Contains("training=TrainingMode.PRESERVE", Assert.ThrowsExactly<InvalidDataException>(() => PublishedFile.TensorsOf(file)).Message);
    }

    private static NetworkTensor Tensor(string name, params long[] shape) => new(name, shape, new float[shape.Aggregate((product, size) => product * size)]);

    private static IEnumerable<NetworkTensor> Normalization(string name, long units) =>
        from part in new[] { "weight", "bias", "running_mean", "running_var" } select Tensor(string.Create(CultureInfo.InvariantCulture, $"{name}.{part}"), units);

    // Shapes in colors and grain, from 0 to 255: red, green, blue.
    private static float[] Photo()
    {
        var random = new Random(5);
        return [.. Enumerable.Range(0, 3 * Plane).Select(i =>
        {
            var (channel, y, x) = (i / Plane, i % Plane / Side, i % Side);
            var inside = (y - 100) * (y - 100) + (x - 120) * (x - 120) < 3600 ? 70 : 0;
            return Math.Clamp(90 + 40 * MathF.Sin(y / (9f + channel)) + inside * (channel - 1) + (x + channel * 30) % 60 + 20 * random.NextSingle(), 0, 255);
        })];
    }
}
