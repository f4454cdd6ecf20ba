using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Training.Gradients;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class SharpnessAwareGradientTests
{
    /// <summary>The squared loss of a linear model is a quadratic, whose gradient anywhere is known.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void On_a_quadratic_the_gradient_is_that_at_the_climbed_weights(bool useSpans)
    {
        float[][] features = [[1, 2], [-0.5f, 0.3f], [0.2f, -1.5f]];
        float[][] targets = [[0.7f], [-1], [2]];
        using var bench = new GradientBench(NetworkArchitecture.Mlp(), new SquaredObjective(), features, targets, outputs: 1, useSpans: useSpans);
        var before = bench.Parameters.WeightSpan.ToArray();
        double[] w = [before[0], before[1], before[16]];

        var (loss, gradient) = bench.Take(RegularizationRecipe.None with { SharpnessAware = new() { Rho = 0.4 } });

        var (value, slope) = Quadratic(w);
        var norm = Math.Sqrt(slope.Sum(x => x * x));
        var (_, climbed) = Quadratic([.. w.Zip(slope, (a, g) => a + 0.4 * g / norm)]);
        Assert.AreEqual(value, loss, 1e-6);
        Closeness.AssertClose(climbed, [gradient[0], gradient[1], gradient[16]], 1e-5, "gradient");
        CollectionAssert.AreEqual(before, bench.Parameters.WeightSpan.ToArray());

        (double, double[]) Quadratic(double[] at)
        {
            var (sum, slopes) = (0.0, new double[3]);
            for (var row = 0; row < 3; row++)
            {
                var error = at[0] * features[row][0] + at[1] * features[row][1] + at[2] - targets[row][0];
                sum += GradientBench.FactorOf(row) * error * error / 2;
                slopes[0] += GradientBench.FactorOf(row) * error * features[row][0];
                slopes[1] += GradientBench.FactorOf(row) * error * features[row][1];
                slopes[2] += GradientBench.FactorOf(row) * error;
            }

            return (sum, slopes);
        }
    }

    [TestMethod]
    public void Torch_calls_climb_like_the_kernel()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(1);
        float[] weights = [.. Enumerable.Range(0, 37).Select(_ => random.NextSingle() - 0.5f)];
        float[] gradients = [.. Enumerable.Range(0, 37).Select(_ => random.NextSingle() - 0.5f)];
        var tensor = torch.tensor(weights.ToArray());
        SharpnessAwareGradient.Climb(tensor, torch.tensor(gradients), 0.3);
        SharpnessAwareGradient.Climb(weights, gradients, 0.3);
        Closeness.AssertClose(weights.Select(value => (double)value).ToArray(), tensor.data<float>().ToArray(), 1e-6, "weights");
    }

    /// <summary>Other masks in the second pass would give a gradient of another network.</summary>
    [TestMethod]
    public void Both_passes_have_the_same_noise_and_a_small_step_changes_little()
    {
        var noise = RegularizationRecipe.None with { Dropout = 0.5 };
        using var bench = GradientBench.OfClasses(NetworkArchitecture.Mlp(16) with { Activation = Activation.GELU }, noise);
        foreach (var recipe in new[]
        {
            RegularizationRecipe.None,
            RegularizationRecipe.None with { ManifoldMixup = new() },
            RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Pgd(0.1, norm: AdversarialNorm.L2) },
        })
        {
            var (loss, plain) = bench.Take(recipe, step: 3);
            var (sameLoss, near) = bench.Take(recipe with { SharpnessAware = new() { Rho = 1e-5 } }, step: 3);
            var (_, far) = bench.Take(recipe with { SharpnessAware = new() { Rho = 1 } }, step: 3);
            Assert.AreEqual(loss, sameLoss);
            Closeness.AssertClose(plain, near, 1e-4, "gradient");
            Assert.IsGreaterThan(0.01, plain.Zip(far, (a, b) => Math.Abs(a - b)).Max());
        }
    }

    [TestMethod]
    public void Running_statistics_move_once()
    {
        var plain = After(RegularizationRecipe.None);
        CollectionAssert.AreEqual(plain, After(RegularizationRecipe.None with { SharpnessAware = new() }));

        static float[] After(RegularizationRecipe recipe)
        {
            using var bench = GradientBench.OfClasses(NetworkArchitecture.Mlp(4) with { Normalization = Normalization.Batch });
            bench.Take(recipe, step: 1);
            bench.Take(recipe, step: 2);
            return bench.Statistics();
        }
    }

    [TestMethod]
    public void At_a_gradient_of_zero_there_is_no_climb()
    {
        using var bench = new GradientBench(NetworkArchitecture.Mlp(), new AbsoluteObjective(), [[0, 0]], [[0]], outputs: 1);
        var (loss, gradient) = bench.Take(RegularizationRecipe.None with { SharpnessAware = new() });
        Assert.AreEqual(0, loss);
        Assert.IsTrue(gradient.All(value => value == 0));
    }

    /// <summary>What it is for: around the weights it finds, the loss rises less.</summary>
    [TestMethod]
    public void It_finds_flatter_minima()
    {
        var (plain, plainRise) = Train(RegularizationRecipe.None);
        var (aware, awareRise) = Train(RegularizationRecipe.None with { SharpnessAware = new() { Rho = 0.2 } });
        Assert.IsLessThan(0.7 * plainRise, awareRise, $"losses {plain}, {aware}");

        static (double Loss, double Rise) Train(RegularizationRecipe recipe)
        {
            var ml = new MLContext(seed: 1);
            var model = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
            {
                Architecture = NetworkArchitecture.Mlp(16),
                Recipe = recipe,
                InputScaling = InputScaling.None,
                LearningRate = 0.02,
                MaxEpochs = 150,
                ValidationFraction = 0,
            }).Fit(ml.Data.LoadFromEnumerable(Example.Clusters(90)));
            var rows = Example.Clusters(90);
            using var bench = new GradientBench(
                NetworkArchitecture.Mlp(16), new CrossEntropyObjective(), [.. rows.Select(row => row.Features)],
                [.. rows.Select(row => Enumerable.Range(0, 3).Select(k => k == row.Label ? 1f : 0).ToArray())], 3);
            new NetworkWeights(model.Model.Weights).CopyTo(bench.Network);
            var (loss, gradient) = bench.Take(RegularizationRecipe.None);
            SharpnessAwareGradient.Climb(bench.Parameters.WeightSpan, gradient, 0.5 / Math.Sqrt(gradient.Sum(x => (double)x * x)));
            return (loss, bench.Take(RegularizationRecipe.None).Loss - loss);
        }
    }
}
