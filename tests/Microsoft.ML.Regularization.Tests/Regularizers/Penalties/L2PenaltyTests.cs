using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Training.Optimizers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class L2PenaltyTests
{
    private const double Lambda = 0.3;

    [TestMethod]
    public void The_gradient_is_that_of_half_lambda_times_the_squares()
    {
        var weights = Values(37, seed: 1);
        var gradients = Values(37, seed: 2);
        var before = gradients.ToArray();
        L2Penalty.AddGradient(weights, gradients, Lambda);

        const double step = 1e-4;
        for (var i = 0; i < weights.Length; i++)
        {
            var slope = (Penalty(weights, i, step) - Penalty(weights, i, -step)) / (2 * step);
            Assert.AreEqual(before[i] + slope, gradients[i], 1e-6);
        }
    }

    [TestMethod]
    public void Torch_calls_give_the_same()
    {
        using var scope = torch.NewDisposeScope();
        var (weights, gradients) = (Values(37, seed: 1), Values(37, seed: 2));
        var tensor = torch.tensor(gradients.ToArray());
        L2Penalty.AddGradient(torch.tensor(weights), tensor, Lambda);
        L2Penalty.AddGradient(weights, gradients, Lambda);
        Closeness.AssertClose(gradients.Select(value => (double)value).ToArray(), tensor.data<float>().ToArray(), 1e-6, "gradients");
    }

    /// <summary>Under plain gradient descent the penalty is weight decay, step by step; under Adam it is not (Loshchilov and Hutter, 2019).</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void It_is_weight_decay_under_gradient_descent_and_not_under_Adam(bool useSpans)
    {
        Assert.IsLessThan(1e-5, Difference(Optimizer.Sgd()));
        Assert.IsGreaterThan(0.05, Difference(Optimizer.Adam()));
        Assert.IsGreaterThan(0.05, Difference(Optimizer.RmsProp()));

        // With momentum a decay is as strong as a penalty of (1 - momentum) times its number: so this is not the same either.
        Assert.IsGreaterThan(0.05, Difference(Optimizer.Sgd(momentum: 0.9)));

        double Difference(Optimizer optimizer)
        {
            using var penalized = new LinearNetwork(Values(16, seed: 3), optimizer, RegularizationRecipe.None, useSpans);
            using var decayed = new LinearNetwork(Values(16, seed: 3), optimizer, RegularizationRecipe.None with { WeightDecay = Lambda }, useSpans);
            var most = 0.0;
            for (var step = 0; step < 100; step++)
            {
                Slope(penalized.Weights).CopyTo(penalized.Gradients);
                new L2Penalty(Lambda, penalized.Parameters).AddGradient();
                penalized.Step(0.05);
                decayed.Step(Slope(decayed.Weights), 0.05);
                for (var i = 0; i < 16; i++)
                    most = Math.Max(most, Math.Abs(penalized.Weights[i] - decayed.Weights[i]));
            }

            return most;
        }
    }

    [TestMethod]
    public void At_the_end_of_training_with_momentum_a_decay_is_a_penalty_of_a_tenth()
    {
        using var penalized = new LinearNetwork(Values(16, seed: 3), Optimizer.Sgd(momentum: 0.9), RegularizationRecipe.None);
        using var decayed = new LinearNetwork(Values(16, seed: 3), Optimizer.Sgd(momentum: 0.9), RegularizationRecipe.None with { WeightDecay = Lambda });
        for (var step = 0; step < 2000; step++)
        {
            Slope(penalized.Weights).CopyTo(penalized.Gradients);
            new L2Penalty(0.1 * Lambda, penalized.Parameters).AddGradient();
            penalized.Step(0.01);
            decayed.Step(Slope(decayed.Weights), 0.01);
        }

        Closeness.AssertClose(penalized.Weights, decayed.Weights, 1e-4, "weights");
    }

    // Of a quadratic whose curvature grows with the index.
    private static float[] Slope(Span<float> weights) => [.. weights.ToArray().Select((weight, i) => (i + 1) * 0.2f * (weight - 1))];

    private static double Penalty(float[] weights, int index, double change) =>
        Lambda / 2 * weights.Select((weight, i) => Math.Pow(weight + (i == index ? change : 0), 2)).Sum();

    private static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 4 - 2)];
    }
}
