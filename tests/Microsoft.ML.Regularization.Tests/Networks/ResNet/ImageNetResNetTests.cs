using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.ResNet;

[TestClass]
public sealed class ImageNetResNetTests
{
    private static readonly ImageNetResNetArchitecture Small = new() { Blocks = [2, 1, 1], Width = 4 };

    /// <summary>Those of torchvision's networks.</summary>
    [TestMethod]
    [DataRow(18, 11_689_512)]
    [DataRow(34, 21_797_672)]
    [DataRow(50, 25_557_032)]
    [DataRow(101, 44_549_160)]
    [DataRow(152, 60_192_808)]
    public void Networks_have_as_many_parameters_as_are_published(int depth, int expected)
    {
        var (architecture, tensors) = (NetworkArchitecture.ImageNetResNet(depth), new TensorList(RegularizationRecipe.None, long.MaxValue));
        architecture.ListTensors(tensors, SmallImages.Layout(3, 224, 224), outputs: 1000);

        Assert.AreEqual(expected, tensors.Shapes.Where(tensor => !tensor.Key.Contains("running", StringComparison.Ordinal)).Sum(tensor => tensor.Value.Aggregate((product, size) => product * size)));
        Assert.AreEqual(depth, 2 + architecture.Shapes().Sum(shape => shape.Convolutions().Count));
        Assert.AreEqual(expected, architecture.WeightsOf(SmallImages.Layout(3, 224, 224), 1000), 0.01 * expected);
    }

    [TestMethod]
    [DataRow(false, null)]
    [DataRow(true, null)]
    [DataRow(false, 20)]
    [DataRow(true, 25)]
    public void Outputs_are_those_of_plain_loops(bool hasBottlenecks, int? resolution)
    {
        const int Rows = 2;
        var layout = SmallImages.Layout(3, 18, 17);
        using var scope = torch.NewDisposeScope();
        using var network = SmallImages.Create(Small with { HasBottlenecks = hasBottlenecks, Resolution = resolution }, layout);
        SmallImages.Stir(network);
        var weights = NetworkWeights.CopyOf(network);
        var input = SmallImages.Rows(Rows, layout);
        using var pass = network.Begin(isTraining: false);

        var actual = network.forward(input).data<float>().ToArray();

        var pixels = input.data<float>().ToArray();
        for (var row = 0; row < Rows; row++)
        {
            var maps = PlainMaps.Of(pixels.AsSpan(row * layout.Numbers, layout.Numbers), 3, 18, 17);
            maps = resolution is { } side ? maps.Resize(side) : maps;
            maps = maps.Convolve(weights, "stem", 2).BatchNormalize(weights, "stem_norm").ReLU().HalfByLargest();
            for (var block = 0; block < 4; block++)
                maps = Block(maps, $"blocks.{block}", block >= 2 ? 2 : 1);
            Assert.AreEqual(hasBottlenecks ? 64 : 16, maps.Channels);
            Closeness.AssertClose(PlainMaps.Linear(weights, "output", maps.Means()), actual.AsSpan(3 * row, 3), 1e-5, $"row {row}");
        }

        PlainMaps Block(PlainMaps x, string name, int stride)
        {
            var change = hasBottlenecks
                ? x.Convolve(weights, name + ".conv1").BatchNormalize(weights, name + ".norm1").ReLU().Convolve(weights, name + ".conv2", stride)
                    .BatchNormalize(weights, name + ".norm2").ReLU().Convolve(weights, name + ".conv3").BatchNormalize(weights, name + ".norm3")
                : x.Convolve(weights, name + ".conv1", stride).BatchNormalize(weights, name + ".norm1").ReLU().Convolve(weights, name + ".conv2").BatchNormalize(weights, name + ".norm2");
            var shortcut = change.Channels == x.Channels && stride == 1 ? x : x.Convolve(weights, name + ".shortcut", stride).BatchNormalize(weights, name + ".shortcut_norm");
            return shortcut.Plus(change).ReLU();
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Gradients_are_those_of_finite_differences(bool hasBottlenecks)
    {
        var layout = SmallImages.Layout(1, 6, 5);
        var architecture = new ImageNetResNetArchitecture { Blocks = [1, 1], Width = 2, HasBottlenecks = hasBottlenecks, Resolution = 9, Activation = Activation.SiLU };
        var recipe = RegularizationRecipe.None with { Dropout = 0.2, StochasticDepth = new() { Granularity = StochasticDepthGranularity.Row } };
        using var scope = torch.NewDisposeScope();
        using var network = SmallImages.Create(architecture, layout, recipe: recipe);
        SmallImages.Stir(network);
        network.train();

        GradientCheck.AssertRight(network, SmallImages.Rows(4, layout));
    }

    [TestMethod]
    public void What_cannot_be_is_refused_by_name()
    {
        Check("Blocks", Small with { Blocks = [] });
        Check("Blocks", Small with { Blocks = [1, 0] });
        Check("Blocks", Small with { Blocks = [1, 1, 1, 1, 1, 1, 1] });
        Check("Width", Small with { Width = 0 });
        Check("Resolution", Small with { Resolution = 0 });
        Check("Activation", Small with { Activation = (Activation)99 });
        Assert.AreEqual("depth", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => NetworkArchitecture.ImageNetResNet(20)).ParamName);
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => SmallImages.Create(Small with { Resolution = 16 }, SmallImages.Layout(3, 16, 17)));
        Assert.Contains("Resolution is 16", error.Message);

        static void Check(string option, ImageNetResNetArchitecture architecture)
        {
            IExceptionContext context = new MLContext();
            Assert.AreEqual(option, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.Validate(context)).ParamName);
        }
    }
}
