using Microsoft.ML.Regularization.Tests.Training.Optimizers;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

/// <summary>
/// On a quadratic loss T steps of gradient descent from 0 are much like an L2 penalty of 1 / (eta T): of a direction of curvature a, the one has gone
/// <c>1 - (1 - eta a)^T</c> of the way and the other <c>a / (a + lambda)</c> (Bishop, 1995; Goodfellow, Bengio and Courville, 2016, section 7.8).
/// </summary>
[TestClass]
public sealed class EarlyStoppingIsL2Tests
{
    private const double Rate = 0.02;

    private static readonly float[] Curvatures = [0.05f, 0.2f, 0.5f, 1, 2, 5];

    private static readonly float[] Minimum = [1, -2, 0.5f, 3, -1, 2];

    [TestMethod]
    [DataRow(20)]
    [DataRow(60)]
    [DataRow(200)]
    public void Stopping_early_is_near_the_penalty_of_one_over_rate_times_steps(int steps)
    {
        var stopped = Descend(steps, l2: 0);
        for (var i = 0; i < stopped.Length; i++)
            Assert.AreEqual(Minimum[i] * (1 - Math.Pow(1 - Rate * Curvatures[i], steps)), stopped[i], 1e-4);

        // Of all penalties the nearest one is within a factor of three of the rule's.
        var rule = 1 / (Rate * steps);
        var nearest = Enumerable.Range(-30, 61).Select(power => rule * Math.Pow(2, power / 10.0)).MinBy(l2 => Distance(stopped, Descend(4000, l2)));
        Assert.IsTrue(nearest > rule / 3 && nearest < rule * 3, $"{nearest} against {rule}");
        Assert.IsLessThan(0.25 * Distance(stopped, new float[Minimum.Length]), Distance(stopped, Descend(4000, rule)));
        Assert.IsGreaterThan(1.5 * Distance(stopped, Descend(4000, rule)), Distance(stopped, Minimum));
    }

    private static float[] Descend(int steps, double l2)
    {
        using var network = new LinearNetwork(new float[Minimum.Length], Optimizer.Sgd(), RegularizationRecipe.None);
        for (var step = 0; step < steps; step++)
        {
            for (var i = 0; i < Minimum.Length; i++)
                network.Gradients[i] = Curvatures[i] * (network.Weights[i] - Minimum[i]);
            new L2Penalty(l2, network.Parameters).AddGradient();
            network.Step(Rate);
        }

        return network.Weights.ToArray();
    }

    private static double Distance(float[] a, float[] b) => Math.Sqrt(a.Zip(b, (x, y) => Math.Pow(x - y, 2)).Sum());
}
