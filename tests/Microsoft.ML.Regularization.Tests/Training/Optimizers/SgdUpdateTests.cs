using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Optimizers;

[TestClass]
public sealed class SgdUpdateTests
{
    [TestMethod]
    [DataRow(0, false, 0)]
    [DataRow(0, false, 0.3)]
    [DataRow(0.9, false, 0)]
    [DataRow(0.9, true, 0)]
    [DataRow(0.7, false, 0.3)]
    [DataRow(0.7, true, 0.3)]
    public void It_follows_TorchSharps_own_with_decay_beside_it(double momentum, bool nesterov, double weightDecay)
    {
        foreach (var useSpans in new[] { true, false })
        {
            SecondImplementation.AssertFollows(
                (parameters, rate) => torch.optim.SGD(parameters, rate, momentum: momentum, nesterov: nesterov), Optimizer.Sgd(momentum, nesterov), useSpans, weightDecay);
        }
    }

    [TestMethod]
    public void Down_a_parabola_the_distance_shrinks_by_the_same_factor_each_step()
    {
        // Curvatures of 0.5 to 10 around 1: w_t = 1 + (1 - lr c)^t (w_0 - 1).
        float[] curvatures = [.. Enumerable.Range(1, 20).Select(i => i * 0.5f)];
        using var network = new LinearNetwork([.. curvatures.Select(_ => 3f)], Optimizer.Sgd(), RegularizationRecipe.None);
        for (var step = 1; step <= 10; step++)
        {
            network.Step([.. network.Weights.ToArray().Zip(curvatures, (weight, curvature) => curvature * (weight - 1))], 0.05);
            Closeness.AssertClose([.. curvatures.Select(curvature => 1 + 2 * Math.Pow(1 - 0.05 * curvature, step))], network.Weights, 1e-6, $"step {step}");
        }
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Under_a_steady_gradient_momentum_adds_up_to_a_geometric_sum(bool nesterov)
    {
        const double momentum = 0.8;
        using var network = new LinearNetwork([0f, 0], Optimizer.Sgd(momentum, nesterov), RegularizationRecipe.None);
        var expected = 0.0;
        for (var step = 1; step <= 40; step++)
        {
            network.Step([2, -1], 0.01);
            var velocity = (1 - Math.Pow(momentum, step)) / (1 - momentum);
            expected -= 0.01 * (nesterov ? 1 + momentum * velocity : velocity);
            Closeness.AssertClose([2 * expected, -expected], network.Weights, 1e-6, $"step {step}");
        }
    }

    /// <summary>Decay does not gather momentum (Loshchilov and Hutter, 2019, algorithm 1).</summary>
    [TestMethod]
    public void Without_a_gradient_decay_is_the_same_with_and_without_momentum()
    {
        foreach (var optimizer in new[] { Optimizer.Sgd(), Optimizer.Sgd(0.9), Optimizer.Sgd(0.9, nesterov: true) })
        {
            using var network = new LinearNetwork([4f, -8], optimizer, RegularizationRecipe.None with { WeightDecay = 0.5 });
            for (var step = 0; step < 3; step++)
                network.Step([0, 0], 0.1);
            Closeness.AssertClose([4 * Math.Pow(0.95, 3), -8 * Math.Pow(0.95, 3)], network.Weights, 1e-6, optimizer.ToString());
        }
    }
}
