using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Randomness;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class VariationalLayerTests
{
    private const int Inputs = 6;
    private const int Outputs = 4;

    public static IEnumerable<object[]> Rates => Enum.GetValues<VariationalRates>().Select(rates => new object[] { rates });

    /// <summary>The variance is <c>sum alpha w^2 x^2</c>, with alpha from the layer's own parameters.</summary>
    [TestMethod]
    [DynamicData(nameof(Rates))]
    public void Outputs_have_the_mean_weights_mean_and_the_noise_of_every_weight(VariationalRates rates)
    {
        const int count = 100_000;
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        using var layer = Create(new VariationalDropout { Rates = rates }, out var clock);
        var row = torch.linspace(-1, 2, Inputs);
        var samples = layer.forward(row.expand(count, Inputs));

        var (weight, alpha) = (layer.get_parameter("weight")!, Alpha(layer));
        var mean = weight.mv(row) + layer.get_parameter("bias")!;
        var variance = (alpha * weight.square()).mv(row.square());
        for (var unit = 0; unit < Outputs; unit++)
        {
            var (actualMean, actualVariance) = GoodnessOfFit.Moments([.. samples.select(1, unit).contiguous().data<float>().Select(value => (double)value)]);
            var expected = variance[unit].item<float>();
            Assert.IsGreaterThan(1e-3f, expected);
            Assert.AreEqual(mean[unit].item<float>(), actualMean, 4.5 * Math.Sqrt(expected / count));
            Assert.AreEqual(expected, actualVariance, 4.5 * expected * Math.Sqrt(2.0 / count));
        }

        clock.Step++;
        Assert.IsFalse(torch.allclose(samples, layer.forward(row.expand(count, Inputs))));
    }

    [TestMethod]
    [DynamicData(nameof(Rates))]
    public void Its_gradients_are_right(VariationalRates rates)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(new VariationalDropout { Rates = rates }, out _);
        GradientCheck.AssertRight(layer, torch.linspace(-1, 1, 3 * Inputs).view(3, Inputs));
    }

    [TestMethod]
    [DynamicData(nameof(Rates))]
    public void The_penalty_has_the_right_gradients(VariationalRates rates)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(new VariationalDropout { Rates = rates, KlWeight = 3, WarmUpEpochs = 0 }, out _);
        layer.to(torch.ScalarType.Float64);

        // With one rate for several weights the divergence does not depend on the weights.
        GradientCheck.AssertRight(() => layer.Penalty()!, [.. layer.named_parameters()
            .Where(named => named.name.StartsWith("log", StringComparison.Ordinal) || (rates == VariationalRates.Weight && named.name == "weight"))
            .Select(named => (named.name, (torch.Tensor)named.parameter))]);
    }

    /// <summary>The divergence of every weight counts, also where they share a rate.</summary>
    [TestMethod]
    [DynamicData(nameof(Rates))]
    public void The_penalty_is_the_sum_over_weights_a_row_warmed_up(VariationalRates rates)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(new VariationalDropout { Rates = rates, KlWeight = 3, WarmUpEpochs = 8 }, out var clock);
        clock.Rows = 50;
        var whole = Alpha(layer).expand(Outputs, Inputs).log().data<float>().Sum(value => Divergence(value)) * 3 / 50;
        foreach (var (epochs, share) in new[] { (2.0, 0.25), (5.5, 0.6875), (8, 1), (30, 1) })
        {
            clock.Epochs = epochs;
            Assert.AreEqual(whole * share, layer.Penalty()!.item<float>(), 1e-5 * whole);
        }

        clock.Epochs = 0;
        Assert.IsNull(layer.Penalty());
    }

    /// <summary>
    /// The divergence itself, <c>E log |1 + sqrt(alpha) z| - log(alpha) / 2</c> plus the constant that takes it to 0 for large alpha, by the midpoint rule.
    /// </summary>
    [TestMethod]
    public void The_divergence_is_the_integral_to_the_published_error()
    {
        using var scope = torch.NewDisposeScope();
        // Euler's constant plus log 2, halved, is minus the mean of log |z|.
        const double shift = 0.6351814227307392;
        for (var logAlpha = -8.0; logAlpha <= 8; logAlpha += 0.5)
        {
            const double step = 2e-5;
            var (scale, sum) = (Math.Exp(logAlpha / 2), 0.0);
            for (var z = -9 + step / 2; z < 9; z += step)
                sum += Math.Log(Math.Abs(1 + scale * z)) * Math.Exp(-z * z / 2);
            var expected = sum * step / Math.Sqrt(2 * Math.PI) - logAlpha / 2 + shift;
            Assert.AreEqual(expected, LogUniformDivergence.Of(torch.tensor((float)logAlpha)).item<float>(), 0.012, $"log alpha {logAlpha}");
            Assert.AreEqual(Divergence(logAlpha), LogUniformDivergence.Of(torch.tensor((float)logAlpha)).item<float>(), 1e-5);
        }
    }

    [TestMethod]
    [DataRow(VariationalRates.Weight, "log_variance", Outputs * Inputs)]
    [DataRow(VariationalRates.Neuron, "log_alpha", Inputs)]
    [DataRow(VariationalRates.Layer, "log_alpha", 1)]
    public void Rates_are_parameters_that_no_decay_sees(VariationalRates rates, string name, int count)
    {
        var recipe = new RegularizationRecipe { Dropout = new VariationalDropout { Rates = rates, InitialAlpha = 0.1 } };
        using var network = NetworkArchitecture.Mlp().CreateNetwork(Inputs, Outputs, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        var tensor = NetworkWeights.CopyOf(network).Find("output." + name)!;
        Assert.AreEqual(count, tensor.Values.Length);
        Assert.AreEqual(Outputs * Inputs, parameters.DecayedCount);
        var expected = rates == VariationalRates.Weight ? Math.Log(0.1 / Inputs) : Math.Log(0.1);
        Assert.AreEqual(expected, tensor.Values.Span[0], 1e-6);
    }

    [TestMethod]
    [DynamicData(nameof(Rates))]
    public void Evaluation_takes_the_mean_weights_and_prunes(VariationalRates rates)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(new VariationalDropout { Rates = rates, PruneThreshold = 2 }, out _);
        using var noGradients = torch.no_grad();
        layer.eval();
        var weight = layer.get_parameter("weight")!;
        var input = torch.linspace(-1, 1, 3 * Inputs).view(3, Inputs);
        AssertEvaluates(weight);

        // The noise of one rate grows past the threshold: of the first weight, of the first input's weights, of all.
        var rate = layer.named_parameters().Single(named => named.name.StartsWith("log", StringComparison.Ordinal)).parameter;
        rate.view(-1)[0] = rates == VariationalRates.Weight ? MathF.Log(weight[0, 0].item<float>() * weight[0, 0].item<float>()) + 2.1f : 2.1f;
        var pruned = weight.clone();
        if (rates == VariationalRates.Weight)
            pruned[0, 0] = 0;
        else if (rates == VariationalRates.Neuron)
            pruned[torch.TensorIndex.Colon, 0] = 0;
        else
            pruned.zero_();
        AssertEvaluates(pruned);

        void AssertEvaluates(torch.Tensor expected) =>
            Assert.IsTrue(torch.allclose(torch.nn.functional.linear(input, expected, layer.get_parameter("bias")!), layer.forward(input)));
    }

    [TestMethod]
    public void All_linear_layers_have_it()
    {
        var builder = new NetworkBuilder(new RegularizationRecipe { Dropout = new VariationalDropout() }, RandomKey.FromSeed(1));
        using var hidden = builder.Dense(2, 2, gain: 1);
        using var output = builder.Dense(2, 2, gain: 1, isOutput: true);
        Assert.IsInstanceOfType<VariationalLayer>(hidden);
        Assert.IsInstanceOfType<VariationalLayer>(output);
        Assert.IsNull(builder.Noise());
    }

    [TestMethod]
    [DoNotParallelize]
    public void Training_and_pruning_leave_no_tensor_behind()
    {
        var recipe = new RegularizationRecipe { Dropout = new VariationalDropout { WarmUpEpochs = 0 } };
        var left = LiveTensors.LeftBy(() =>
        {
            using var network = NetworkArchitecture.Mlp(5).CreateNetwork(3, 2, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
            for (var step = 0; step < 5; step++)
            {
                using var pass = network.Begin(isTraining: true);
                (network.forward(torch.ones(6, 3)).sum() + network.Penalty()!).backward();
            }

            network.Prune().Dispose();
        });
        Assert.AreEqual(0, left);
    }

    // Molchanov, Ashukha and Vetrov (2017), equation 14, with the sign turned.
    private static double Divergence(double logAlpha) =>
        0.63576 - 0.63576 / (1 + Math.Exp(-(1.87320 + 1.48695 * logAlpha))) + 0.5 * Math.Log(1 + Math.Exp(-logAlpha));

    private static torch.Tensor Alpha(VariationalLayer layer) => layer.named_parameters().Single(named => named.name.StartsWith("log", StringComparison.Ordinal)) switch
    {
        ("log_variance", var logVariance) => logVariance.exp() / layer.get_parameter("weight")!.square(),
        var (_, logAlpha) => logAlpha.exp().expand(Outputs, Inputs),
    };

    /// <summary>A layer whose weights and rates all differ.</summary>
    private static VariationalLayer Create(VariationalDropout options, out TrainingClock clock)
    {
        clock = new TrainingClock();
        var weight = torch.arange(Outputs * Inputs, dtype: torch.ScalarType.Float32).mul(0.7).sin().add(1.2).view(Outputs, Inputs);
        var layer = new VariationalLayer(
            weight.DetachFromDisposeScope(), torch.linspace(-1, 1, Outputs).DetachFromDisposeScope(), 0.5, options, RandomKey.FromSeed(4), clock);
        using var _ = torch.no_grad();
        var rate = layer.named_parameters().Single(named => named.name.StartsWith("log", StringComparison.Ordinal)).parameter;
        rate.add_(torch.arange(rate.numel(), dtype: torch.ScalarType.Float32).cos().view(rate.shape));
        return layer;
    }
}
