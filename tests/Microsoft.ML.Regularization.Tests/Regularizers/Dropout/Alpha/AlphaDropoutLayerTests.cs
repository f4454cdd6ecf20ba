using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Randomness;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class AlphaDropoutLayerTests
{
    private static readonly RandomKey Key = RandomKey.FromSeed(5);

    /// <summary>The paper's formula, written out: <c>a (x d + s (1 - d)) + b</c>.</summary>
    [TestMethod]
    [DataRow(0.05)]
    [DataRow(0.25)]
    [DataRow(0.5)]
    public void It_is_the_papers_affine_map_of_units_that_are_kept_or_saturated(double drop)
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(drop, out _);
        var input = torch.linspace(-1.7, 3, 500);
        var mask = new float[500];
        BernoulliMask.Fill(mask, Key, 0, 1 - drop);

        var output = layer.forward(input).data<float>().ToArray();

        const double saturation = -1.7580993408473766;
        var q = 1 - drop;
        var a = 1 / Math.Sqrt(q + saturation * saturation * q * (1 - q));
        var b = -a * (1 - q) * saturation;
        var expected = input.data<float>().Zip(mask, (x, m) => a * (m > 0 ? x : saturation) + b).ToArray();
        // The probability is rounded to sixteen bits.
        Closeness.AssertClose(expected, output, 1e-4, "output");
        Assert.IsTrue(mask.Count(value => value == 0) > 5);
    }

    [TestMethod]
    [DataRow(0.1)]
    [DataRow(0.5)]
    public void It_keeps_mean_zero_and_variance_one(double drop)
    {
        const int count = 400_000;
        using var scope = torch.NewDisposeScope();
        using var layer = Create(drop, out _);
        var normal = new float[count];
        GaussianNoise.Fill(normal, RandomKey.FromSeed(9), 0, 0, 1);
        var output = layer.forward(torch.tensor(normal)).data<float>().Select(value => (double)value).ToArray();

        var (mean, variance) = GoodnessOfFit.Moments(output);
        Assert.AreEqual(0, mean, 4.5 / Math.Sqrt(count));
        // Fourth moments of such a mixture stay below 4.
        Assert.AreEqual(1, variance, 4.5 * Math.Sqrt(3.0 / count));
    }

    /// <summary>SELU, its initial weights and its dropout together: signals neither fade nor grow over sixteen layers.</summary>
    [TestMethod]
    [DataRow(0.0)]
    [DataRow(0.1)]
    public void A_deep_selu_network_keeps_mean_zero_and_variance_one(double drop)
    {
        const int rows = 256, width = 512;
        using var scope = torch.NewDisposeScope();
        var recipe = new RegularizationRecipe { Dropout = new AlphaDropout(drop) };
        var builder = new NetworkBuilder(recipe, RandomKey.FromSeed(2));
        var normal = new float[rows * width];
        GaussianNoise.Fill(normal, RandomKey.FromSeed(3), 0, 0, 1);
        var signal = torch.tensor(normal, [rows, width]);
        using var _ = torch.no_grad();
        for (var depth = 0; depth < 16; depth++)
        {
            using var layer = new HiddenLayer(width, width, Activation.SELU, Normalization.None, builder);
            signal = layer.forward(signal);
            Assert.AreEqual(0, signal.mean().item<float>(), 0.12, $"mean at depth {depth}");
            Assert.AreEqual(1, signal.var().item<float>(), 0.2, $"variance at depth {depth}");
        }
    }

    [TestMethod]
    public void Evaluation_and_a_probability_of_zero_are_the_identity()
    {
        using var scope = torch.NewDisposeScope();
        var input = torch.linspace(-1, 1, 60);
        using var none = Create(0, out _);
        Closeness.AssertClose(input.data<float>().ToArray(), none.forward(input).data<float>().ToArray(), 1e-6, "none");
        using var layer = Create(0.4, out _);
        layer.eval();
        CollectionAssert.AreEqual(input.data<float>().ToArray(), layer.forward(input).data<float>().ToArray());
    }

    [TestMethod]
    public void Its_gradient_is_right()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(0.4, out _);
        GradientCheck.AssertRight(layer, torch.linspace(-1, 1, 60).view(6, 10));
    }

    [TestMethod]
    public void Each_step_has_a_mask_of_its_own_and_repeats_it()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(0.5, out var clock);
        var first = layer.forward(torch.ones(100)).data<float>().ToArray();
        CollectionAssert.AreEqual(first, layer.forward(torch.ones(100)).data<float>().ToArray());
        clock.Step++;
        CollectionAssert.AreNotEqual(first, layer.forward(torch.ones(100)).data<float>().ToArray());
    }

    private static AlphaDropoutLayer Create(double drop, out TrainingClock clock)
    {
        clock = new TrainingClock();
        return new AlphaDropoutLayer(new AlphaDropout(drop), Key, clock);
    }
}
