namespace Microsoft.ML.Regularization.Tests.Training.LearningRates;

[TestClass]
public sealed class LearningRateTestTests
{
    [TestMethod]
    public void Rates_rise_by_the_same_factor_from_minimum_to_maximum()
    {
        var range = new LearningRateRange { Min = 1e-4, Max = 10, Steps = 6 };
        var curve = Observe(range, [5, 5, 5, 5, 5, 5]);
        for (var step = 0; step < 6; step++)
            Assert.AreEqual(Math.Pow(10, step - 4), curve.Points[step].LearningRate, 1e-12 * Math.Pow(10, step));
        Assert.IsNull(curve.Suggestion);
    }

    [TestMethod]
    public void The_smoothed_loss_is_the_mean_of_losses_that_weigh_less_the_older_they_are()
    {
        var curve = Observe(new LearningRateRange { Smoothing = 0.5, Steps = 3 }, [8, 4, 2]);
        CollectionAssert.AreEqual(new[] { 8, (4 + 0.5 * 8) / 1.5, (2 + 0.5 * 4 + 0.25 * 8) / 1.75 }, curve.Points.Select(point => point.SmoothedLoss).ToArray());
    }

    [TestMethod]
    public void The_suggestion_is_the_rate_that_made_the_steepest_fall()
    {
        // Without smoothing: the fall from 8 to 5 shows in the fourth loss, which is measured before the fourth step, so the third made it.
        var range = new LearningRateRange { Smoothing = 0, Steps = 7 };
        var curve = Observe(range, [9, 9, 8, 5, 4, 3.5, 3]);
        Assert.AreEqual(curve.Points[2].LearningRate, curve.Suggestion);

        // A fall back from a peak is none, however steep.
        curve = Observe(range, [9, 9, 8, 16, 7, 6.5, 6.4]);
        Assert.AreEqual(curve.Points[1].LearningRate, curve.Suggestion);
    }

    [TestMethod]
    public void Smoothing_moves_the_suggestion_by_little_and_to_the_safe_side()
    {
        // Level, then a slope whose steepest part is around the fiftieth step.
        double[] losses = [.. Enumerable.Range(0, 100).Select(step => 10 / (1 + Math.Exp((step - 50) / 4.0)))];
        var plain = Observe(new LearningRateRange { Smoothing = 0 }, losses);
        var smoothed = Observe(new LearningRateRange { Smoothing = 0.9 }, losses);
        Assert.IsInRange(48, 51, Step(plain));
        Assert.IsInRange(Step(plain) - 5, Step(plain), Step(smoothed));

        static int Step(LearningRateCurve curve) => curve.Points.Select(point => (double?)point.LearningRate).ToList().IndexOf(curve.Suggestion);
    }

    [TestMethod]
    [DataRow(new[] { 2.0, 1, 3.9, 4.1, 1 }, 4)]
    [DataRow(new[] { 2.0, 1, double.NaN, 1 }, 2)]
    [DataRow(new[] { 2.0, double.PositiveInfinity, 1 }, 1)]
    [DataRow(new[] { 0.5, -1, 1.9, 2.1, 1 }, 4)]
    public void It_ends_where_the_loss_is_four_times_its_best_or_not_finite(double[] losses, int points)
    {
        var test = new LearningRateTest(new LearningRateRange { Smoothing = 0 });
        foreach (var loss in losses)
        {
            if (test.NextRate is not null)
                test.Observe(loss);
        }

        Assert.IsTrue(test.HasDiverged);
        Assert.HasCount(points, test.Curve.Points);
    }

    [TestMethod]
    public void It_ends_after_its_steps()
    {
        var test = new LearningRateTest(new LearningRateRange { Steps = 2 });
        test.Observe(1);
        Assert.IsNotNull(test.NextRate);
        test.Observe(1);
        Assert.IsNull(test.NextRate);
        Assert.IsFalse(test.HasDiverged);
    }

    [TestMethod]
    public void A_curve_prints_itself()
    {
        Assert.AreEqual("no steps", Observe(new LearningRateRange(), []).ToString());
        var curve = Observe(new LearningRateRange { Min = 1e-3, Max = 0.1, Smoothing = 0, Steps = 3 }, [2, 1, 1]);
        Assert.AreEqual("3 steps from learning rate 1E-3 to 1E-1, suggests 1E-3", curve.ToString());
        Assert.AreEqual("3 steps from learning rate 1E-6 to 1E+0, suggests nothing", Observe(new LearningRateRange { Steps = 3 }, [1, 1, 1]).ToString());
    }

    private static LearningRateCurve Observe(LearningRateRange range, double[] losses)
    {
        var test = new LearningRateTest(range);
        foreach (var loss in losses)
            test.Observe(loss);
        return test.Curve;
    }
}
