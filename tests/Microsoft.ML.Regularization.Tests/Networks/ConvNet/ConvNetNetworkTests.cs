using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.ConvNet;

[TestClass]
public sealed class ConvNetNetworkTests
{
    private static IEnumerable<object[]> Forms =>
        from normalization in Enum.GetValues<Normalization>()
        from pooling in Enum.GetValues<Pooling>()
        from hasHead in new[] { false, true }
        select new object[] { normalization, pooling, hasHead };

    [TestMethod]
    [DynamicData(nameof(Forms))]
    public void Outputs_are_those_of_plain_loops(Normalization normalization, Pooling pooling, bool hasHead)
    {
        const int Rows = 3;
        var architecture = NetworkArchitecture.ConvNet(4, 5) with
        {
            Normalization = normalization,
            Pooling = pooling,
            Flattens = hasHead,
            HiddenSize = hasHead && normalization == Normalization.None ? 6 : 0,
        };
        var layout = SmallImages.Layout(2, 7, 6);
        using var scope = torch.NewDisposeScope();
        using var network = SmallImages.Create(architecture, layout);
        SmallImages.Stir(network);
        var weights = NetworkWeights.CopyOf(network);
        var input = SmallImages.Rows(Rows, layout);
        using var pass = network.Begin(isTraining: false);

        var actual = network.forward(input).data<float>().ToArray();

        var pixels = input.data<float>().ToArray();
        for (var row = 0; row < Rows; row++)
        {
            var maps = PlainMaps.Of(pixels.AsSpan(row * layout.Numbers, layout.Numbers), 2, 7, 6);
            for (var block = 0; block < 2; block++)
            {
                maps = maps.Convolve(weights, $"blocks.{block}.conv", pooling == Pooling.Stride ? 2 : 1);
                maps = normalization switch
                {
                    Normalization.Batch => maps.BatchNormalize(weights, $"blocks.{block}.norm"),
                    Normalization.Layer => maps.LayerNormalize(weights, $"blocks.{block}.norm"),
                    _ => maps,
                };
                maps = maps.ReLU();
                maps = pooling switch { Pooling.Max => maps.Pool(Enumerable.Max), Pooling.Average => maps.Pool(Enumerable.Average), _ => maps };
            }

            var units = hasHead ? maps.Flatten() : maps.Means();
            if (architecture.HiddenSize > 0)
                units = [.. PlainMaps.Linear(weights, "hidden.linear", units).Select(unit => Math.Max(unit, 0))];
            Closeness.AssertClose(PlainMaps.Linear(weights, "output", units), actual.AsSpan(3 * row, 3), 1e-5, $"row {row}");
        }
    }

    [TestMethod]
    public void State_has_the_names_that_model_files_have()
    {
        using var network = SmallImages.Create(NetworkArchitecture.ConvNet(2, 3) with { HiddenSize = 4 }, SmallImages.Layout(1, 4, 4));
        string[] norm = ["weight", "bias", "running_mean", "running_var"];
        var expected = new[] { "blocks.0.conv.weight", "blocks.1.conv.weight", "hidden.linear.weight", "hidden.linear.bias", "output.weight", "output.bias" }
            .Concat(new[] { "blocks.0.norm.", "blocks.1.norm.", "hidden.norm." }.SelectMany(layer => norm.Select(name => layer + name)));

        CollectionAssert.AreEquivalent(expected.ToArray(), NetworkWeights.CopyOf(network).Tensors.Select(tensor => tensor.Name).ToArray());
        CollectionAssert.AreEqual(new[] { "blocks.0.conv.weight", "blocks.1.conv.weight", "hidden.linear.weight" }, network.NormalizedWeights.ToArray());
        CollectionAssert.IsSubsetOf(network.NormalizedWeights.ToArray(), network.named_parameters().Select(named => named.name).ToArray());
        Assert.IsTrue(network.Statistics.Any);
    }

    [TestMethod]
    [DataRow(Normalization.None, Pooling.Average, true)]
    [DataRow(Normalization.Batch, Pooling.Stride, false)]
    [DataRow(Normalization.Layer, Pooling.Average, false)]
    public void Gradients_are_those_of_finite_differences(Normalization normalization, Pooling pooling, bool flattens)
    {
        var layout = SmallImages.Layout(2, 4, 5);
        var architecture = NetworkArchitecture.ConvNet(2, 3) with
        {
            Normalization = normalization, Pooling = pooling, Flattens = flattens, Activation = Activation.SiLU,
        };
        using var scope = torch.NewDisposeScope();
        using var network = SmallImages.Create(architecture, layout, recipe: RegularizationRecipe.None with { Dropout = new SpatialDropout(0.2) });
        SmallImages.Stir(network);
        network.train();

        GradientCheck.AssertRight(network, SmallImages.Rows(3, layout));
    }

    [TestMethod]
    public void Mixed_states_are_the_image_each_block_and_the_hidden_layer()
    {
        var layout = SmallImages.Layout(1, 8, 8);
        var architecture = NetworkArchitecture.ConvNet(2, 3) with { HiddenSize = 4 };
        using var scope = torch.NewDisposeScope();
        using var network = SmallImages.Create(architecture, layout);
        network.eval();
        var input = SmallImages.Rows(2, layout);
        var swapped = torch.tensor(new[] { 1L, 0L });
        var plain = network.forward(input);
        Assert.AreEqual(4, architecture.MixableStates);
        for (var state = 0; state <= 4; state++)
        {
            // Rows that are mixed with nothing of their own change places.
            network.Mixing = new HiddenMixing(state, swapped, Lambda: 0);
            var expected = state < 4 ? plain.index_select(0, swapped) : plain;
            Assert.IsTrue(torch.allclose(expected, network.forward(input), atol: 1e-6), $"state {state}");
        }
    }

    [TestMethod]
    [DoNotParallelize]
    public void Disposing_leaves_no_tensor_behind()
    {
        var layout = SmallImages.Layout(2, 4, 4);
        foreach (var dropout in new Dropout[] { new StandardDropout(0.3), new SpatialDropout(0.3), new DropConnect(0.3) })
        {
            Assert.AreEqual(0, LiveTensors.LeftBy(() =>
            {
                using var network = SmallImages.Create(NetworkArchitecture.ConvNet(2, 3), layout, recipe: RegularizationRecipe.None with { Dropout = dropout });
                using var pass = network.Begin(isTraining: true);
                network.forward(SmallImages.Rows(4, layout)).sum().backward();
            }));
        }
    }
}
