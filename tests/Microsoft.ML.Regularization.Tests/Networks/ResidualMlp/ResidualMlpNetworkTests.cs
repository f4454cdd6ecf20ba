using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.ResidualMlp;

[TestClass]
public sealed class ResidualMlpNetworkTests
{
    [TestMethod]
    public void State_has_the_names_that_scorers_read()
    {
        using var network = Create(NetworkArchitecture.ResidualMlp(4, 2));
        string[] norm = ["weight", "bias", "running_mean", "running_var"];
        string[] linear = ["weight", "bias"];
        var block = norm.Select(name => "norm." + name).Concat(linear.Select(name => "hidden.linear." + name)).Concat(linear.Select(name => "linear." + name)).ToList();
        var expected = linear.Select(name => "input." + name)
            .Concat(block.Select(name => "blocks.0." + name)).Concat(block.Select(name => "blocks.1." + name))
            .Concat(norm.Select(name => "norm." + name)).Concat(linear.Select(name => "output." + name));

        CollectionAssert.AreEquivalent(expected.ToArray(), NetworkWeights.CopyOf(network).Tensors.Select(tensor => tensor.Name).ToArray());
    }

    [TestMethod]
    [DataRow(Normalization.None)]
    [DataRow(Normalization.Batch)]
    [DataRow(Normalization.Layer)]
    public void Blocks_add_to_the_stream_what_the_paper_says(Normalization normalization)
    {
        const int Rows = 5, Blocks = 3;
        using var network = Create(NetworkArchitecture.ResidualMlp(6, Blocks, 1.5) with { Activation = Activation.SiLU, Normalization = normalization });
        using var pass = network.Begin(isTraining: true);
        var weights = NetworkWeights.CopyOf(network);
        var input = torch.sin(torch.arange(Rows * 3, dtype: torch.ScalarType.Float32)).view(Rows, 3);

        var output = network.forward(input);

        var stream = Linear(input, "input");
        for (var block = 0; block < Blocks; block++)
            stream += Linear(SiLU(Linear(Normalize(stream), $"blocks.{block}.hidden.linear")), $"blocks.{block}.linear");
        Assert.IsTrue(torch.allclose(Linear(SiLU(Normalize(stream)), "output"), output, atol: 1e-5));

        torch.Tensor SiLU(torch.Tensor x) => x * torch.sigmoid(x);

        torch.Tensor Linear(torch.Tensor x, string name)
        {
            var weight = weights.Find(name + ".weight")!;
            return x.mm(torch.tensor(weight.Values.ToArray(), [.. weight.Shape]).t()) + torch.tensor(weights.Find(name + ".bias")!.Values.ToArray());
        }

        // Scale 1 and shift 0, as they start.
        torch.Tensor Normalize(torch.Tensor x)
        {
            if (normalization == Normalization.None)
                return x;

            var dimension = normalization == Normalization.Batch ? 0 : 1;
            var centred = x - x.mean([dimension], keepdim: true);
            return centred / (centred.square().mean([dimension], keepdim: true) + 1e-5).sqrt();
        }
    }

    [TestMethod]
    public void The_signal_does_not_grow_with_depth()
    {
        using var scope = torch.NewDisposeScope();
        var shallow = Scale(1);
        foreach (var blocks in new[] { 8, 64 })
            Assert.IsTrue(Scale(blocks) / shallow is > 0.5 and < 2, $"{blocks} blocks");

        double Scale(int blocks)
        {
            using var network = (NetworkArchitecture.ResidualMlp(64, blocks) with { Normalization = Normalization.None })
                .CreateNetwork(8, 40, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(3)));
            return network.forward(torch.sin(torch.arange(800, dtype: torch.ScalarType.Float32)).view(100, 8)).std().item<float>();
        }
    }

    [TestMethod]
    public void Initial_weights_and_noise_are_keyed()
    {
        CollectionAssert.AreEqual(Output(1, step: 1), Output(1, step: 1));
        CollectionAssert.AreNotEqual(Output(1, step: 1), Output(1, step: 2));
        CollectionAssert.AreNotEqual(Output(1, step: 1), Output(2, step: 1));

        static float[] Output(int seed, ulong step)
        {
            var recipe = RegularizationRecipe.None with { Dropout = 0.5, StochasticDepth = new StochasticDepth { Granularity = StochasticDepthGranularity.Row } };
            using var network = NetworkArchitecture.ResidualMlp(16, 2).CreateNetwork(3, 2, new NetworkBuilder(recipe, RandomKey.FromSeed(seed)));
            using var pass = network.Begin(isTraining: true);
            network.Clock.Step = step;
            return network.forward(torch.eye(3)).data<float>().ToArray();
        }
    }

    [TestMethod]
    [DataRow(StochasticDepthGranularity.Batch)]
    [DataRow(StochasticDepthGranularity.Row)]
    public void Gradients_flow_only_through_surviving_blocks(StochasticDepthGranularity granularity)
    {
        const int Rows = 6, Blocks = 4;
        var depth = new StochasticDepth { SurvivalProbability = 0.5, Schedule = StochasticDepthSchedule.Constant, Granularity = granularity };
        var key = RandomKey.FromSeed(1);
        using var network = (NetworkArchitecture.ResidualMlp(8, Blocks) with { Normalization = Normalization.Layer, Activation = Activation.Tanh })
            .CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None with { StochasticDepth = depth }, key));
        using var parameters = new FlatParameters(network);
        var (skipped, worked) = (0, 0);
        for (var step = 1ul; step <= 12; step++)
        {
            using var pass = network.Begin(isTraining: true);
            network.Clock.Step = step;
            parameters.ClearGradients();
            network.forward(torch.sin(torch.arange(3 * Rows, dtype: torch.ScalarType.Float32)).view(Rows, 3)).square().sum().backward();
            for (var block = 0; block < Blocks; block++)
            {
                var factors = new float[granularity == StochasticDepthGranularity.Batch ? 1 : Rows];
                depth.Draw(factors, key.Derive("stochastic depth").Derive((ulong)block), step, 0.5);
                var survives = factors.Any(factor => factor != 0);
                var gradient = network.named_parameters().Where(named => named.name.StartsWith($"blocks.{block}.", StringComparison.Ordinal))
                    .Sum(named => named.parameter.grad!.abs().sum().item<float>());
                Assert.AreEqual(survives, gradient > 0, $"block {block} in step {step}");
                (skipped, worked) = (skipped + (survives ? 0 : 1), worked + (survives ? 1 : 0));
            }

            Assert.IsGreaterThan(0, network.named_parameters().First(named => named.name == "input.weight").parameter.grad!.abs().sum().item<float>());
        }

        Assert.IsGreaterThan(0, worked);
        if (granularity == StochasticDepthGranularity.Batch)
            Assert.IsGreaterThan(0, skipped);
    }

    [TestMethod]
    [DoNotParallelize]
    public void Disposing_leaves_no_tensor_behind()
    {
        foreach (var granularity in Enum.GetValues<StochasticDepthGranularity>())
        {
            var recipe = new RegularizationRecipe
            {
                Dropout = 0.5,
                StochasticDepth = new StochasticDepth { SurvivalProbability = 0.4, Granularity = granularity },
            };
            var left = LiveTensors.LeftBy(() =>
            {
                using var network = NetworkArchitecture.ResidualMlp(4, 5).CreateNetwork(3, 2, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
                using var pass = network.Begin(isTraining: true);
                network.forward(torch.ones(6, 3)).sum().backward();
            });

            Assert.AreEqual(0, left);
        }
    }

    private static Network Create(ResidualMlpArchitecture architecture) =>
        architecture.CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
}
