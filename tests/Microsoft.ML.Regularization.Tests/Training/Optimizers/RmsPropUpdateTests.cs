using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Optimizers;

[TestClass]
public sealed class RmsPropUpdateTests
{
    [TestMethod]
    [DataRow(0.99, 1e-8, 0, 0)]
    [DataRow(0.9, 1e-3, 0, 0.3)]
    [DataRow(0.99, 1e-8, 0.9, 0)]
    [DataRow(0.8, 1e-6, 0.5, 0.3)]
    public void It_follows_TorchSharps_own_with_decay_beside_it(double rho, double epsilon, double momentum, double weightDecay)
    {
        foreach (var useSpans in new[] { true, false })
        {
            SecondImplementation.AssertFollows(
                (parameters, rate) => torch.optim.RMSProp(parameters, rate, rho, epsilon, 0, momentum),
                Optimizer.RmsProp(rho, epsilon, momentum), useSpans, weightDecay);
        }
    }

    // v_t = g^2 (1 - rho^t), so a step's length does not depend on the gradient's.
    [TestMethod]
    [DataRow(1e-3f)]
    [DataRow(1f)]
    [DataRow(1e6f)]
    public void Under_a_steady_gradient_steps_shrink_from_ten_learning_rates_to_one(float gradient)
    {
        using var network = new LinearNetwork([0f, 0], Optimizer.RmsProp(epsilon: 1e-12), RegularizationRecipe.None);
        var expected = 0.0;
        for (var step = 1; step <= 600; step++)
        {
            network.Step([gradient, -gradient], 0.001);
            expected -= 0.001 / Math.Sqrt(1 - Math.Pow(0.99, step));
            Closeness.AssertClose([expected, -expected], network.Weights, 2e-5, $"step {step}");
        }
    }
}
