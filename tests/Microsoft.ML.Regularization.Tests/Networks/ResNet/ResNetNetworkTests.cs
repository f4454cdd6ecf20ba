using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.ResNet;

[TestClass]
public sealed class ResNetNetworkTests
{
    [TestMethod]
    [DataRow(8, false)]
    [DataRow(8, true)]
    [DataRow(14, false)]
    [DataRow(14, true)]
    public void Outputs_are_those_of_plain_loops(int depth, bool preActivation)
    {
        const int Rows = 2;
        var layout = SmallImages.Layout(3, 7, 6);
        using var scope = torch.NewDisposeScope();
        using var network = SmallImages.Create(NetworkArchitecture.ResNet(depth, 4, preActivation), layout);
        SmallImages.Stir(network);
        var weights = NetworkWeights.CopyOf(network);
        var input = SmallImages.Rows(Rows, layout);
        using var pass = network.Begin(isTraining: false);

        var actual = network.forward(input).data<float>().ToArray();

        var pixels = input.data<float>().ToArray();
        for (var row = 0; row < Rows; row++)
        {
            var maps = PlainMaps.Of(pixels.AsSpan(row * layout.Numbers, layout.Numbers), 3, 7, 6);
            maps = maps.Convolve(weights, "stem").BatchNormalize(weights, "stem_norm").ReLU();
            for (var block = 0; block < 3 * ((depth - 2) / 6); block++)
                maps = preActivation ? PreActivated(maps, $"blocks.{block}", isFirst: block == 0) : PostActivated(maps, $"blocks.{block}");
            if (preActivation)
                maps = maps.BatchNormalize(weights, "norm").ReLU();
            CollectionAssert.AreEqual(new[] { 16, 2, 2 }, new[] { maps.Channels, maps.Height, maps.Width });
            Closeness.AssertClose(PlainMaps.Linear(weights, "output", maps.Means()), actual.AsSpan(3 * row, 3), 1e-5, $"row {row}");
        }

        // The two formulas as the papers have them.
        PlainMaps PostActivated(PlainMaps x, string name)
        {
            var outputs = Outputs(name);
            var change = x.Convolve(weights, name + ".conv1", outputs > x.Channels ? 2 : 1).BatchNormalize(weights, name + ".norm1").ReLU()
                .Convolve(weights, name + ".conv2").BatchNormalize(weights, name + ".norm2");
            return (outputs > x.Channels ? x.Shortcut(outputs) : x).Plus(change).ReLU();
        }

        PlainMaps PreActivated(PlainMaps x, string name, bool isFirst)
        {
            var outputs = Outputs(name);
            var change = (isFirst ? x : x.BatchNormalize(weights, name + ".norm0").ReLU())
                .Convolve(weights, name + ".conv1", outputs > x.Channels ? 2 : 1).BatchNormalize(weights, name + ".norm1").ReLU().Convolve(weights, name + ".conv2");
            return (outputs > x.Channels ? x.Shortcut(outputs) : x).Plus(change);
        }

        int Outputs(string name) => (int)weights.Find(name + ".conv1.weight")!.Shape[0];
    }

    [TestMethod]
    [DataRow(Normalization.None, true)]
    [DataRow(Normalization.Batch, false)]
    [DataRow(Normalization.Layer, true)]
    public void Gradients_are_those_of_finite_differences(Normalization normalization, bool preActivation)
    {
        var layout = SmallImages.Layout(1, 4, 3);
        var architecture = NetworkArchitecture.ResNet(8, 2, preActivation) with { Normalization = normalization, Activation = Activation.SiLU };
        var recipe = RegularizationRecipe.None with { Dropout = 0.2, StochasticDepth = new() { Granularity = StochasticDepthGranularity.Row } };
        using var scope = torch.NewDisposeScope();
        using var network = SmallImages.Create(architecture, layout, recipe: recipe);
        SmallImages.Stir(network);
        network.train();

        GradientCheck.AssertRight(network, SmallImages.Rows(4, layout));
    }

    [TestMethod]
    [DataRow(Normalization.None, false)]
    [DataRow(Normalization.None, true)]
    [DataRow(Normalization.Batch, false)]
    [DataRow(Normalization.Batch, true)]
    [DataRow(Normalization.Layer, false)]
    [DataRow(Normalization.Layer, true)]
    public void Deep_networks_keep_the_signal_and_its_gradient_in_bounds(Normalization normalization, bool preActivation)
    {
        var layout = SmallImages.Layout(3, 6, 6);
        var shallow = Sizes(8);
        var deep = Sizes(110);
        Assert.IsTrue(deep.Output / shallow.Output is > 0.1 and < 10, $"{shallow.Output} became {deep.Output}");
        Assert.IsTrue(deep.Gradient is > 1e-3 and < 1e3, $"{deep.Gradient}");

        (double Output, double Gradient) Sizes(int depth)
        {
            using var network = SmallImages.Create(NetworkArchitecture.ResNet(depth, 8, preActivation) with { Normalization = normalization }, layout, outputs: 40);
            using var pass = network.Begin(isTraining: true);
            var output = network.forward(SmallImages.Rows(16, layout));
            output.square().mean().backward();
            return (output.square().mean().sqrt().item<float>(), network.get_parameter("stem.weight")!.grad!.norm().item<float>());
        }
    }

    [TestMethod]
    [DataRow(StochasticDepthGranularity.Batch)]
    [DataRow(StochasticDepthGranularity.Row)]
    public void Skipped_blocks_are_their_shortcut(StochasticDepthGranularity granularity)
    {
        var layout = SmallImages.Layout(1, 6, 5);
        var depth = new StochasticDepth { SurvivalProbability = 1e-4, Schedule = StochasticDepthSchedule.Constant, Granularity = granularity };
        var architecture = NetworkArchitecture.ResNet(14, 3) with { Normalization = Normalization.Layer };
        using var scope = torch.NewDisposeScope();
        using var network = SmallImages.Create(architecture, layout, recipe: RegularizationRecipe.None with { StochasticDepth = depth });
        var weights = NetworkWeights.CopyOf(network);
        var input = SmallImages.Rows(2, layout);
        using var pass = network.Begin(isTraining: true);

        var actual = network.forward(input).data<float>().ToArray();

        var pixels = input.data<float>().ToArray();
        for (var row = 0; row < 2; row++)
        {
            var maps = PlainMaps.Of(pixels.AsSpan(row * layout.Numbers, layout.Numbers), 1, 6, 5)
                .Convolve(weights, "stem").LayerNormalize(weights, "stem_norm").ReLU().Shortcut(6).Shortcut(12);
            Closeness.AssertClose(PlainMaps.Linear(weights, "output", maps.Means()), actual.AsSpan(3 * row, 3), 1e-5, $"row {row}");
        }
    }

    [TestMethod]
    public void Blocks_survive_as_often_as_the_schedule_says()
    {
        const int Steps = 400;
        var layout = SmallImages.Layout(1, 4, 4);
        var depth = new StochasticDepth { SurvivalProbability = 0.5 };
        using var network = SmallImages.Create(NetworkArchitecture.ResNet(8, 2), layout, recipe: RegularizationRecipe.None with { StochasticDepth = depth });
        var survived = new int[3];
        for (var step = 1ul; step <= Steps; step++)
        {
            using var pass = network.Begin(isTraining: true);
            network.Clock.Step = step;
            network.zero_grad(set_to_none: true);
            network.forward(SmallImages.Rows(2, layout)).sum().backward();
            for (var block = 0; block < 3; block++)
                survived[block] += network.get_parameter($"blocks.{block}.conv1.weight")!.grad is null ? 0 : 1;
        }

        for (var block = 0; block < 3; block++)
        {
            var expected = 1 - (block + 1) / 3.0 * 0.5;
            Assert.AreEqual(expected, survived[block] / (double)Steps, 4.5 * Math.Sqrt(expected * (1 - expected) / Steps), $"block {block}");
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Normalized_weights_can_grow_without_another_output(bool preActivation)
    {
        var layout = SmallImages.Layout(1, 4, 4);
        using var scope = torch.NewDisposeScope();
        using var network = SmallImages.Create(NetworkArchitecture.ResNet(8, 2, preActivation), layout);
        network.train();
        var input = SmallImages.Rows(5, layout);
        var before = network.forward(input);
        using var _ = torch.no_grad();
        Assert.HasCount(preActivation ? 4 : 7, network.NormalizedWeights);
        foreach (var name in network.NormalizedWeights)
            network.named_parameters().Single(named => named.name == name).parameter.mul_(2);
        Assert.IsTrue(torch.allclose(before, network.forward(input), atol: 2e-3));

        network.get_parameter("output.weight")!.mul_(2);
        Assert.IsFalse(torch.allclose(before, network.forward(input), atol: 2e-3));
    }

    [TestMethod]
    public void Mixed_states_are_the_image_and_each_stage()
    {
        var layout = SmallImages.Layout(1, 5, 5);
        using var scope = torch.NewDisposeScope();
        using var network = SmallImages.Create(NetworkArchitecture.ResNet(14, 2), layout);
        network.eval();
        var input = SmallImages.Rows(2, layout);
        var swapped = torch.tensor(new[] { 1L, 0L });
        var plain = network.forward(input);
        for (var state = 0; state <= 4; state++)
        {
            network.Mixing = new HiddenMixing(state, swapped, Lambda: 0);
            Assert.IsTrue(torch.allclose(state < 4 ? plain.index_select(0, swapped) : plain, network.forward(input), atol: 1e-6), $"state {state}");
        }
    }

    [TestMethod]
    [DoNotParallelize]
    public void Disposing_leaves_no_tensor_behind()
    {
        var layout = SmallImages.Layout(2, 4, 4);
        foreach (var granularity in Enum.GetValues<StochasticDepthGranularity>())
        {
            var recipe = RegularizationRecipe.None with { Dropout = 0.3, StochasticDepth = new() { SurvivalProbability = 0.4, Granularity = granularity } };
            Assert.AreEqual(0, LiveTensors.LeftBy(() =>
            {
                using var network = SmallImages.Create(NetworkArchitecture.ResNet(8, 2, preActivation: true), layout, recipe: recipe);
                using var pass = network.Begin(isTraining: true);
                network.forward(SmallImages.Rows(4, layout)).sum().backward();
            }));
        }
    }
}
