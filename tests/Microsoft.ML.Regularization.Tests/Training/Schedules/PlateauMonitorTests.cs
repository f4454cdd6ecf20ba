using TorchSharp;
using TorchSharp.Modules;

namespace Microsoft.ML.Regularization.Tests.Training.Schedules;

[TestClass]
public sealed class PlateauMonitorTests
{
    [TestMethod]
    public void The_rate_falls_when_patience_is_exhausted_and_again_after_the_cooldown()
    {
        // Epoch 2 is the best; 3 and 4 are no better, 5 cools down, 6 and 7 are no better, 8 cools down, 9 is better, 10 and 11 are not.
        var schedule = new ReduceOnPlateauSchedule { Factor = 0.5, Patience = 2, Cooldown = 1, MinFactor = 0.2 };
        AssertFactors(schedule, [3, 2, 2, 2.5, 2.4, 2.3, 2.2, 2.1, 1, 1, 1.5], [1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.2]);
    }

    [TestMethod]
    public void A_patience_of_one_reduces_at_the_first_epoch_that_is_no_better() =>
        AssertFactors(new ReduceOnPlateauSchedule { Patience = 1 }, [1, 0.5, 0.5, 0.4], [1, 1, 0.1, 0.1]);

    [TestMethod]
    public void Improvements_below_the_threshold_do_not_count_but_add_up() =>
        AssertFactors(
            new ReduceOnPlateauSchedule { Patience = 3, Threshold = 0.1, Factor = 0.5 },
            [1, 0.95, 0.91, 0.89, 0.85, 0.84, 0.83], [1, 1, 1, 1, 1, 1, 0.5]);

    [TestMethod]
    public void Negative_losses_improve_by_a_share_of_their_size() =>
        AssertFactors(new ReduceOnPlateauSchedule { Patience = 1, Threshold = 0.1, Factor = 0.5 }, [-1, -1.05, -1.2], [1, 0.5, 0.5]);

    [TestMethod]
    public void Under_other_schedules_nothing_counts()
    {
        var monitor = new PlateauMonitor(new CosineSchedule());
        for (var epoch = 0; epoch < 100; epoch++)
            monitor.Observe(1);
        Assert.AreEqual(0, monitor.Plateaus);
    }

    [TestMethod]
    [DataRow(0.1, 3, 0, 0.0, 1e-4)]
    [DataRow(0.5, 1, 2, 0.05, 0.01)]
    [DataRow(0.7, 2, 5, 0.0, 0.05)]
    [DataRow(0.5, 4, 1, 0.3, 0.0)]
    public void It_follows_TorchSharps_own(double factor, int patience, int cooldown, double minFactor, double threshold)
    {
        // TorchSharp's reduces an epoch after its patience.
        using var parameter = new Parameter(torch.zeros(1));
        using var optimizer = torch.optim.SGD([parameter], 1);
        var theirs = torch.optim.lr_scheduler.ReduceLROnPlateau(
            optimizer, factor: factor, patience: patience - 1, threshold: threshold, cooldown: cooldown, min_lr: [minFactor], eps: 0);
        var schedule = new ReduceOnPlateauSchedule { Factor = factor, Patience = patience, Cooldown = cooldown, MinFactor = minFactor, Threshold = threshold };
        var ours = new PlateauMonitor(schedule);
        var random = new Random(8);
        for (var epoch = 1; epoch <= 120; epoch++)
        {
            var loss = Math.Exp(-epoch / 20.0) + 0.1 * random.NextDouble();
            theirs.step(loss);
            ours.Observe(loss);
            Assert.AreEqual(optimizer.ParamGroups.Single().LearningRate, Factor(schedule, ours), 1e-9, $"epoch {epoch}");
        }

        Assert.IsGreaterThan(3, ours.Plateaus);
    }

    [TestMethod]
    [DataRow(0.3)]
    [DataRow(0.0)]
    public void A_run_reduces_its_rate_by_the_loss_it_reports(double validationFraction)
    {
        var schedule = new ReduceOnPlateauSchedule { Factor = 0.5, Patience = 2, Cooldown = 1, Threshold = 0.02 };
        var ml = new MLContext(seed: 1);
        var history = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(8),
            Recipe = RegularizationRecipe.None with { Dropout = 0.3 },
            Schedule = schedule,
            LearningRate = 0.03,
            MaxEpochs = 60,
            ValidationFraction = validationFraction,
        }).Fit(ml.Data.LoadFromEnumerable(Example.Clusters(150))).Model.History;

        var monitor = new PlateauMonitor(schedule);
        foreach (var epoch in history.Epochs)
        {
            Assert.AreEqual(0.03 * Factor(schedule, monitor), epoch.LearningRate, 1e-15, $"epoch {epoch.Epoch}");
            Assert.AreEqual(validationFraction > 0, epoch.ValidationLoss is not null);
            monitor.Observe(epoch.ValidationLoss ?? epoch.TrainingLoss);
        }

        Assert.IsGreaterThan(3, monitor.Plateaus);
    }

    private static double Factor(ReduceOnPlateauSchedule schedule, PlateauMonitor monitor) =>
        schedule.FactorAt(new TrainingMoment(0, 1, 1, monitor.Plateaus));

    private static void AssertFactors(ReduceOnPlateauSchedule schedule, double[] losses, double[] factors)
    {
        var monitor = new PlateauMonitor(schedule);
        CollectionAssert.AreEqual(factors, losses.Select(loss =>
        {
            monitor.Observe(loss);
            return Math.Round(Factor(schedule, monitor), 12);
        }).ToArray());
    }
}
