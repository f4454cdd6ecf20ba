using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Penalties;

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
    public void It_is_weight_decay_under_gradient_descent_and_not_under_Adam()
    {
        const float rate = 0.05f;
        var (penalized, decayed) = (Values(16, seed: 3), Values(16, seed: 3));
        for (var step = 0; step < 100; step++)
        {
            var gradients = Slope(penalized);
            L2Penalty.AddGradient(penalized, gradients, Lambda);
            var plain = Slope(decayed);
            for (var i = 0; i < penalized.Length; i++)
            {
                penalized[i] -= rate * gradients[i];
                decayed[i] = (1 - rate * (float)Lambda) * decayed[i] - rate * plain[i];
                Assert.AreEqual(decayed[i], penalized[i], 1e-6);
            }
        }

        var (adamPenalized, adamDecayed) = (Adam(isPenalty: true), Adam(isPenalty: false));
        Assert.IsGreaterThan(0.05, adamPenalized.Zip(adamDecayed, (a, b) => Math.Abs(a - b)).Max());

        static float[] Adam(bool isPenalty)
        {
            var (weights, mean, variance) = (Values(16, seed: 3), new float[16], new float[16]);
            for (var step = 1; step <= 100; step++)
            {
                var gradients = Slope(weights);
                if (isPenalty)
                    L2Penalty.AddGradient(weights, gradients, Lambda);
                AdamW.Update(weights, gradients, mean, variance, new AdamW.Coefficients(rate, step), isPenalty ? 1 : 1 - rate * (float)Lambda);
            }

            return weights;
        }
    }

    // Of a quadratic whose curvature grows with the index.
    private static float[] Slope(float[] weights) => [.. weights.Select((weight, i) => (i + 1) * 0.2f * (weight - 1))];

    private static double Penalty(float[] weights, int index, double change) =>
        Lambda / 2 * weights.Select((weight, i) => Math.Pow(weight + (i == index ? change : 0), 2)).Sum();

    private static float[] Values(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle() * 4 - 2)];
    }
}
