using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers.Tuning;

/// <summary>A parameter that learns at a part of the rate goes the way of one in a network that learns at that rate as a whole.</summary>
[TestClass]
public sealed class LearningRatesTests
{
    private const double Part = 0.25;

    private static IEnumerable<object[]> Optimizers =>
        from optimizer in new Optimizer[] { Optimizer.Adam(), Optimizer.Sgd(), Optimizer.Sgd(momentum: 0.9, nesterov: true), Optimizer.RmsProp(), Optimizer.RmsProp() with { Momentum = 0.5 }, Optimizer.Muon() }
        from useSpans in new[] { true, false }
        select new object[] { optimizer, useSpans };

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void Its_steps_are_those_of_that_rate(Optimizer optimizer, bool useSpans)
    {
        var (mixed, full, slow) = (Train(optimizer, useSpans, 0.04, name => name.StartsWith("hidden.0", StringComparison.Ordinal) ? Part : 1), Train(optimizer, useSpans, 0.04), Train(optimizer, useSpans, 0.04 * Part));

        foreach (var (name, values) in mixed)
        {
            var same = name.StartsWith("hidden.0", StringComparison.Ordinal) ? slow : full;
            Golden.Closeness.AssertClose(same[name].AsSpan(), values, 1e-6, name);
            Assert.IsFalse(full[name].AsSpan().SequenceEqual(slow[name]), name);
        }
    }

    // Gradients do not depend on the weights, so that parameters go their ways alone; L1 and weight decay do, by the weight itself.
    private static Dictionary<string, float[]> Train(Optimizer optimizer, bool useSpans, double learningRate, Func<string, double>? rateOf = null)
    {
        using var network = NetworkArchitecture.Mlp(5, 6).CreateNetwork(4, 3, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network, useSpans, rateOf: rateOf);
        using var update = optimizer.CreateUpdate(parameters, WeightShrinkage.Of(RegularizationRecipe.None with { WeightDecay = 0.3, L1 = 0.01 }));
        for (var step = 1; step <= 5; step++)
        {
            parameters.ClearGradients();
            using (torch.no_grad())
            {
                foreach (var (name, parameter) in network.named_parameters())
                    parameter.grad!.copy_((torch.arange(parameter.numel(), dtype: torch.ScalarType.Float32) * step + name.Length).sin().view(parameter.shape));
            }

            update.Step(learningRate);
        }

        return network.named_parameters().ToDictionary(named => named.name, named => named.parameter.data<float>().ToArray());
    }
}
