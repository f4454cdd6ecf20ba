using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers.Tuning;

/// <summary>A parameter that starts to learn later goes the way of one that starts with the optimizer.</summary>
[TestClass]
public sealed class UnfreezingTests
{
    private static IEnumerable<object[]> Optimizers =>
        from optimizer in new Optimizer[] { Optimizer.Adam(), Optimizer.Sgd(momentum: 0.9, nesterov: true), Optimizer.RmsProp() with { Momentum = 0.5 }, Optimizer.Muon() }
        from useSpans in new[] { true, false }
        select new object[] { optimizer, useSpans };

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void Its_steps_are_those_of_a_run_that_starts_then(Optimizer optimizer, bool useSpans)
    {
        var gradual = Train(optimizer, useSpans, epochs: [1, 1, 2, 2, 3, 3]);
        var (whole, late, latest) = (Train(optimizer, useSpans, [3, 3, 3, 3, 3, 3]), Train(optimizer, useSpans, [3, 3, 3, 3], firstStep: 3), Train(optimizer, useSpans, [3, 3], firstStep: 5));
        foreach (var (name, values) in gradual)
        {
            var expected = FirstEpochOf(name) switch { 1 => whole, 2 => late, _ => latest };
            Golden.Closeness.AssertClose(expected[name].AsSpan(), values, 1e-6, name);
        }
    }

    [TestMethod]
    public void Layers_start_from_the_head_down_by_the_formula()
    {
        string[] names = ["embedding.weight", "blocks.0.linear.weight", "blocks.1.linear.weight", "output.weight"];
        var (layers, tuning) = (new BodyLayers(names), new FineTuning { UnfreezingEpochs = 2 });
        CollectionAssert.AreEqual(new[] { 7, 5, 3, 1 }, names.Select(name => layers.FirstEpochOf(name, tuning)).ToArray());
        Assert.IsTrue(names.All(name => layers.FirstEpochOf(name, new FineTuning()) == 1));
    }

    private static int FirstEpochOf(string name) => name.StartsWith("output", StringComparison.Ordinal) ? 1 : name.StartsWith("hidden.1", StringComparison.Ordinal) ? 2 : 3;

    // Gradients depend on the step alone, so that parameters go their ways alone; L1 and weight decay by the weight itself.
    private static Dictionary<string, float[]> Train(Optimizer optimizer, bool useSpans, int[] epochs, int firstStep = 1)
    {
        using var network = NetworkArchitecture.Mlp(5, 6).CreateNetwork(4, 3, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network, useSpans, firstEpochOf: FirstEpochOf);
        using var update = optimizer.CreateUpdate(parameters, WeightShrinkage.Of(RegularizationRecipe.None with { WeightDecay = 0.3 }));
        foreach (var (place, epoch) in epochs.Index())
        {
            parameters.ClearGradients();
            update.Epoch = epoch;
            using (torch.no_grad())
            {
                foreach (var (name, parameter) in network.named_parameters().Where(named => FirstEpochOf(named.name) <= epoch))
                    parameter.grad!.copy_((torch.arange(parameter.numel(), dtype: torch.ScalarType.Float32) * (firstStep + place) + name.Length).sin().view(parameter.shape));
            }

            update.Step(0.04);
        }

        return network.named_parameters().ToDictionary(named => named.name, named => named.parameter.data<float>().ToArray());
    }
}
