namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class EarlyStoppingMonitorTests
{
    [TestMethod]
    public void Patience_counts_the_epochs_since_the_best_one()
    {
        var monitor = new EarlyStoppingMonitor(new EarlyStopping { Patience = 3 }, stepsPerEpoch: 1);

        AssertObserves(monitor, [5.0, 4, 4.5, 4.2, 3, 3.1, 3.2, 3.3], [true, true, false, false, true, false, false, false], exhausted: 8, best: 5);
    }

    [TestMethod]
    public void A_patience_of_one_ends_at_the_first_epoch_that_is_no_better() =>
        AssertObserves(new EarlyStoppingMonitor(new EarlyStopping { Patience = 1 }, stepsPerEpoch: 1), [5.0, 4, 4], [true, true, false], exhausted: 3, best: 2);

    [TestMethod]
    [DataRow(1, 200)]
    [DataRow(4, 50)]
    [DataRow(7, 29)]
    [DataRow(10, 20)]
    [DataRow(1000, 20)]
    public void By_default_patience_is_the_longer_of_twenty_epochs_and_two_hundred_steps(int stepsPerEpoch, int epochs)
    {
        var monitor = new EarlyStoppingMonitor(new EarlyStopping(), stepsPerEpoch);
        monitor.Observe(1, 1, Row(1));
        for (var epoch = 2; !monitor.IsPatienceExhausted; epoch++)
        {
            monitor.Observe(epoch, 2, Row(2));
            Assert.AreEqual(epoch - 1 >= epochs, monitor.IsPatienceExhausted, $"epoch {epoch}");
        }
    }

    [TestMethod]
    public void Small_improvements_do_not_count_but_add_up()
    {
        var monitor = new EarlyStoppingMonitor(new EarlyStopping { Patience = 4, MinImprovement = 0.25 }, stepsPerEpoch: 1);

        // 4.75 is better by exactly the margin, which is not more than it.
        AssertObserves(monitor, [5.0, 4.875, 4.75, 4.625, 4.5, 4.375, 4.125], [true, false, false, true, false, false, true], exhausted: null, best: 7);
    }

    [TestMethod]
    public void Accuracy_is_better_when_greater()
    {
        var monitor = new EarlyStoppingMonitor(new EarlyStopping { Metric = ValidationMetric.Accuracy, Patience = 2, MinImprovement = 0.125 }, stepsPerEpoch: 1);
        double[] accuracies = [0.25, 0.5, 0.625, 0.75, 0.5, 0.75];
        var improvements = accuracies
            .Select((accuracy, i) => monitor.Observe(i + 1, accuracy, Row(10 - i)))
            .ToArray();

        CollectionAssert.AreEqual((bool[])[true, true, false, true, false, false], improvements);
        Assert.AreEqual(4, monitor.BestEpoch);
        Assert.IsTrue(monitor.IsPatienceExhausted);
    }

    [TestMethod]
    [DataRow(false, 2)]
    [DataRow(true, 5)]
    public void Of_equal_epochs_the_least_loss_or_the_latest_is_best(bool prefersLater, int best)
    {
        var monitor = new EarlyStoppingMonitor(new EarlyStopping { Metric = ValidationMetric.Accuracy, PrefersLaterEpochs = prefersLater }, stepsPerEpoch: 1);
        foreach (var (accuracy, epoch) in new[] { 0.5, 0.75, 0.75, 0.5, 0.75, 0.625 }.Select((accuracy, i) => (accuracy, i + 1)))
            monitor.Observe(epoch, accuracy, Row(epoch));

        Assert.AreEqual(best, monitor.BestEpoch);
    }

    [TestMethod]
    [DataRow(ValidationMetric.Loss, true)]
    [DataRow(ValidationMetric.Accuracy, false)]
    [DataRow(ValidationMetric.MacroAccuracy, false)]
    [DataRow(ValidationMetric.AreaUnderRocCurve, false)]
    [DataRow(ValidationMetric.RSquared, false)]
    [DataRow(ValidationMetric.MeanAbsoluteError, true)]
    [DataRow(ValidationMetric.RootMeanSquaredError, true)]
    public void Every_metric_knows_its_better_direction(ValidationMetric metric, bool isBetterSmall)
    {
        var monitor = new EarlyStoppingMonitor(new EarlyStopping { Metric = metric }, stepsPerEpoch: 1);

        Assert.IsTrue(monitor.Observe(1, 0.5, Row(1)));
        Assert.AreEqual(isBetterSmall, monitor.Observe(2, 0.4, Row(1)));
        Assert.AreEqual(!isBetterSmall, monitor.Observe(3, 0.6, Row(1)));
    }

    [TestMethod]
    public void A_relative_improvement_is_a_share_of_the_best_metric() => AssertObserves(
        new EarlyStoppingMonitor(new EarlyStopping { Patience = 3, MinRelativeImprovement = 0.25 }, stepsPerEpoch: 1),
        [8.0, 6.5, 6, 5.5, 4, 3.5, 2.5], [true, false, false, true, true, false, true], exhausted: null, best: 7);

    [TestMethod]
    public void Of_two_margins_the_wider_one_counts() => AssertObserves(
        new EarlyStoppingMonitor(new EarlyStopping { MinImprovement = 1, MinRelativeImprovement = 0.25 }, stepsPerEpoch: 1),
        [8.0, 6.5, 5, 3.75, 2.8, 2.7], [true, false, true, false, true, false], exhausted: null, best: 5);

    [TestMethod]
    public void Patience_does_not_count_the_warm_up() => AssertObserves(
        new EarlyStoppingMonitor(new EarlyStopping { Patience = 2, WarmUpEpochs = 3 }, stepsPerEpoch: 1),
        [5.0, 6, 7, 8, 9], [true, false, false, false, false], exhausted: 5, best: 1);

    [TestMethod]
    public void A_metric_that_is_not_a_number_never_improves_and_costs_patience() => AssertObserves(
        new EarlyStoppingMonitor(new EarlyStopping { Patience = 2 }, stepsPerEpoch: 1), [5.0, double.NaN, double.NaN], [true, false, false], exhausted: 3, best: 1);

    [TestMethod]
    public void Any_number_beats_a_first_epoch_that_is_not_a_number() => AssertObserves(
        new EarlyStoppingMonitor(new EarlyStopping(), stepsPerEpoch: 1), [double.NaN, 1e9, 2e9], [true, true, false], exhausted: null, best: 2);

    [TestMethod]
    public void Patience_that_was_nearly_exhausted_starts_anew_with_an_improvement() => AssertObserves(
        new EarlyStoppingMonitor(new EarlyStopping { Patience = 2 }, stepsPerEpoch: 1), [5.0, 6, 4, 6, 3, 6], [true, false, true, false, true, false], exhausted: null, best: 5);

    [TestMethod]
    public void Two_runs_with_the_same_options_share_nothing()
    {
        var options = new EarlyStopping { Patience = 1 };
        var first = new EarlyStoppingMonitor(options, stepsPerEpoch: 1);
        first.Observe(1, 1, Row(1));
        first.Observe(2, 2, Row(1));

        var second = new EarlyStoppingMonitor(options, stepsPerEpoch: 1);

        Assert.IsTrue(first.IsPatienceExhausted);
        Assert.IsFalse(second.IsPatienceExhausted);
        Assert.IsTrue(second.Observe(1, 9, Row(1)));
    }

    [TestMethod]
    public void Among_equal_accuracies_the_loss_decides()
    {
        var monitor = new EarlyStoppingMonitor(new EarlyStopping { Metric = ValidationMetric.Accuracy, Patience = 2 }, stepsPerEpoch: 1);

        Assert.IsTrue(monitor.Observe(1, 0.5, Row(1)));
        Assert.IsTrue(monitor.Observe(2, 0.5, Row(0.9)));
        Assert.IsFalse(monitor.Observe(3, 0.5, Row(0.95)));
        Assert.IsFalse(monitor.Observe(4, 0.4, Row(0.1)));
        Assert.IsTrue(monitor.IsPatienceExhausted);
    }

    [TestMethod]
    public void An_epoch_that_few_rows_cannot_tell_from_the_best_one_counts_too()
    {
        // The differences to the first epoch have a mean of 0.25, and deviate from it by 0.25.
        double[] best = [1, 1, 1, 1];
        double[] close = [1, 1, 1.5, 1.5];
        var error = Math.Sqrt(4 * 0.25 * 0.25) / 4;
        foreach (var (standardErrors, counts) in new[] { (0.9, false), (1.1, true) })
        {
            var monitor = new EarlyStoppingMonitor(new EarlyStopping { StandardErrors = standardErrors * 0.25 / error }, stepsPerEpoch: 1);
            monitor.Observe(1, 1, Rows(best));
            Assert.AreEqual(counts, monitor.Observe(2, 1.25, Rows(close)));
            Assert.AreEqual(counts ? 2 : 1, monitor.BestEpoch);
        }

        // With a margin the least loss alone counts.
        var strict = new EarlyStoppingMonitor(new EarlyStopping { StandardErrors = 9, MinImprovement = 1e-3 }, stepsPerEpoch: 1);
        strict.Observe(1, 1, Rows(best));
        Assert.IsFalse(strict.Observe(2, 1.25, Rows(close)));
    }

    [TestMethod]
    public void Row_losses_count_by_their_weights()
    {
        var losses = new RowLosses([1, 2, 4], [1, 0, 3]);
        Assert.AreEqual(13 / 4.0, losses.Mean);
        Assert.IsFalse(losses.IsWithin(100, new RowLosses([0, 5, 3], [1, 0, 3])), "the same difference for every row that counts");
        Assert.IsTrue(losses.IsWithin(0, new RowLosses([2, 0, 5], [1, 0, 3])));
    }

    private static RowLosses Row(double loss) => Rows([loss]);

    private static RowLosses Rows(double[] losses) => new(losses, Array.ConvertAll(losses, _ => 1.0));

    private static void AssertObserves(EarlyStoppingMonitor monitor, double[] losses, bool[] improvements, int? exhausted, int best)
    {
        for (var i = 0; i < losses.Length; i++)
        {
            Assert.AreEqual(improvements[i], monitor.Observe(i + 1, losses[i], Row(losses[i])), $"epoch {i + 1}");
            Assert.AreEqual(i + 1 >= exhausted, monitor.IsPatienceExhausted, $"epoch {i + 1}");
        }

        Assert.AreEqual(best, monitor.BestEpoch);
    }
}
