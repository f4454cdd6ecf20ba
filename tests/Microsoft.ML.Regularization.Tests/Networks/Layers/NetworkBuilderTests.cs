using Microsoft.ML.Regularization.Tests.Randomness;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Layers;

[TestClass]
public sealed class NetworkBuilderTests
{
    [TestMethod]
    [DataRow(100, 200, 1.0)]
    [DataRow(300, 50, 1.4142135623730951)]
    [DataRow(64, 300, 1.6666666666666667)]
    public void Weights_are_uniform_with_the_variance_that_keeps_the_scale_and_biases_are_zero(int inputs, int outputs, double gain)
    {
        using var layer = new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)).Dense(inputs, outputs, gain);
        var state = layer.state_dict();
        var weights = state["weight"].data<float>().Select(value => (double)value).ToArray();
        var (mean, variance) = GoodnessOfFit.Moments(weights);
        var expected = gain * gain / inputs;
        var bound = Math.Sqrt(3 * expected);

        CollectionAssert.AreEqual(new long[] { outputs, inputs }, state["weight"].shape);
        Assert.IsTrue(weights.All(weight => Math.Abs(weight) <= bound * (1 + 1e-6)));
        Assert.AreEqual(0, mean, 4.5 * Math.Sqrt(expected / weights.Length));
        // The squares of uniform numbers deviate by 0.9 of their mean.
        Assert.AreEqual(expected, variance, 4.5 * 0.9 * expected / Math.Sqrt(weights.Length));
        Assert.IsLessThan(2.2, GoodnessOfFit.KolmogorovSmirnov(weights, weight => (weight / bound + 1) / 2));
        Assert.IsTrue(state["bias"].data<float>().All(bias => bias == 0));
    }

    [TestMethod]
    public void The_same_key_gives_the_same_weights_and_another_key_others()
    {
        CollectionAssert.AreEqual(Weights(1), Weights(1));
        CollectionAssert.AreNotEqual(Weights(1), Weights(2));
    }

    [TestMethod]
    public void Layers_of_one_shape_start_with_different_weights()
    {
        var builder = new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1));
        using var first = builder.Dense(5, 5, gain: 1);
        using var second = builder.Dense(5, 5, gain: 1);

        CollectionAssert.AreNotEqual(first.state_dict()["weight"].data<float>().ToArray(), second.state_dict()["weight"].data<float>().ToArray());
    }

    [TestMethod]
    public void Noise_layers_of_one_network_draw_different_masks_in_one_step()
    {
        var builder = new NetworkBuilder(new RegularizationRecipe { Dropout = 0.5 }, RandomKey.FromSeed(1));
        using var scope = torch.NewDisposeScope();
        var masks = new List<float[]>();
        for (var i = 0; i < 2; i++)
        {
            using var dense = builder.Dense(2, 2, gain: 1);
            using var noise = builder.Noise()!;
            masks.Add(noise.forward(torch.ones(1, 200)).data<float>().ToArray());
        }

        CollectionAssert.AreNotEqual(masks[0], masks[1]);
    }

    [TestMethod]
    public void Without_dropout_there_is_no_noise_layer() =>
        Assert.IsNull(new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)).Noise());

    [TestMethod]
    [DoNotParallelize]
    public void The_global_generator_is_neither_read_nor_moved()
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(5);
        var undisturbed = torch.rand(6).data<float>().ToArray();

        torch.manual_seed(5);
        var firstHalf = torch.rand(3).data<float>().ToArray();
        var trained = TrainOneStep();
        var secondHalf = torch.rand(3).data<float>().ToArray();
        torch.manual_seed(99);
        var trainedAgain = TrainOneStep();

        CollectionAssert.AreEqual(undisturbed, firstHalf.Concat(secondHalf).ToArray());
        CollectionAssert.AreEqual(trained, trainedAgain);
    }

    private static float[] TrainOneStep()
    {
        var architecture = NetworkArchitecture.Mlp(8, 8) with { Normalization = Normalization.Batch };
        using var network = architecture.CreateNetwork(3, 2, new NetworkBuilder(new RegularizationRecipe { Dropout = 0.5 }, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        using var optimizer = Optimizer.Adam().CreateUpdate(parameters, WeightShrinkage.Of(RegularizationRecipe.None with { WeightDecay = 0.1 }));
        using var pass = network.Begin(isTraining: true);
        var features = torch.arange(12, dtype: torch.ScalarType.Float32).view(4, 3);
        new CrossEntropyObjective().Sum(network.forward(features), torch.eye(2).repeat(2, 1), torch.full(4, 0.25f)).backward();
        optimizer.Step(0.01);
        return parameters.WeightSpan.ToArray();
    }

    private static float[] Weights(long seed)
    {
        using var layer = new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(seed)).Dense(5, 4, gain: 1);
        return layer.state_dict()["weight"].data<float>().ToArray();
    }
}
