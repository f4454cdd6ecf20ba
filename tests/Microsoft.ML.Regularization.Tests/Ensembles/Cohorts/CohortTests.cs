using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Ensembles.Cohorts;

[TestClass]
public sealed class CohortTests
{
    /// <summary>Networks of different shapes and recipes, on rows that are augmented anew in each epoch.</summary>
    private static readonly TrainingSettings[] Different =
    [
        SmallCohort.Settings,
        SmallCohort.Settings with { Key = RandomKey.FromSeed(8), MaxEpochs = 3 },
        SmallCohort.Settings with
        {
            Architecture = NetworkArchitecture.Mlp(16, 8) with { Normalization = Normalization.Batch },
            Recipe = RegularizationRecipe.None with { WeightAveraging = WeightAveraging.Exponential(0.9), LabelSmoothing = 0.1 },
            LearningRate = 0.003,
        },
        SmallCohort.Settings with { Architecture = NetworkArchitecture.RealMlp() with { HiddenSizes = [16] }, InputScaling = InputScaling.RobustSmoothClip },
    ];

    [TestMethod]
    [DataRow(1)]
    [DataRow(3)]
    public void Each_network_is_bit_for_bit_that_which_is_trained_alone(int threads)
    {
        // A set stands at its first epoch only once, and that is what scales are learned from.
        ValueList<AugmentationOptions> mixup = [new MixupOptions { Alpha = 1, Seed = 5 }];
        var alone = Different.Select(settings =>
        {
            using var own = new SmallCohort(augmentations: mixup);
            return own.TrainAlone(settings);
        }).ToList();

        using var small = new SmallCohort(augmentations: mixup);
        using var cohort = small.Create(small.Plans(Different), new SmallCohort.Observer(), threads);
        cohort.Train();

        Assert.AreEqual(5, cohort.Rounds);
        for (var i = 0; i < alone.Count; i++)
        {
            var outcome = cohort.Members[i].Outcome!;
            CollectionAssert.AreEqual(SmallCohort.Flat(alone[i].Weights), SmallCohort.Flat(outcome.Weights), $"network {i}");
            CollectionAssert.AreEqual(
                alone[i].History.Epochs.Select(epoch => epoch.ValidationLoss).ToList(), outcome.History.Epochs.Select(epoch => epoch.ValidationLoss).ToList());
        }
    }

    [TestMethod]
    public void A_network_that_leaves_changes_nothing_for_the_others()
    {
        using var small = new SmallCohort();
        var other = SmallCohort.Settings with { Key = RandomKey.FromSeed(8) };
        using var cohort = small.Create(small.Plans(SmallCohort.Settings, other), new SmallCohort.Observer((cohort, round) =>
        {
            if (round == 2)
                cohort.Members[0].EndBy(StopReason.PatienceExhausted);
        }));
        cohort.Train();

        Assert.AreEqual(2, cohort.Members[0].Outcome!.History.Epochs.Count);
        CollectionAssert.AreEqual(SmallCohort.Flat(small.TrainAlone(other).Weights), SmallCohort.Flat(cohort.Members[1].Outcome!.Weights));
    }

    [TestMethod]
    public void Kept_weights_are_those_of_the_epoch_in_which_they_were_kept()
    {
        using var small = new SmallCohort();
        var stopping = SmallCohort.Settings with { Recipe = SmallCohort.Settings.Recipe with { EarlyStopping = new EarlyStopping { Patience = int.MaxValue } } };
        NetworkWeights? third = null;
        using var cohort = small.Create(small.Plans(stopping), new SmallCohort.Observer((cohort, round) =>
        {
            if (round == 3)
                cohort.Members[0].Keep();
            if (round == 3)
                third = cohort.Members[0].Snapshot();
        }));
        cohort.Train();

        var outcome = cohort.Members[0].Outcome!;
        Assert.AreEqual(3, outcome.History.ModelEpoch);
        CollectionAssert.AreEqual(SmallCohort.Flat(third!), SmallCohort.Flat(outcome.Weights));
        CollectionAssert.AreEqual(SmallCohort.Flat(small.TrainAlone(SmallCohort.Settings with { MaxEpochs = 3 }).Weights), SmallCohort.Flat(outcome.Weights));
    }

    /// <summary>The first network has done the round when training is cancelled, the second one has not.</summary>
    [TestMethod]
    public void Interrupted_within_a_round_each_network_has_what_it_came_to()
    {
        using var small = new SmallCohort();
        using var cancellation = new CancellationTokenSource();
        var watched = SmallCohort.Settings with { Watch = new FitWatch(cancellationToken: cancellation.Token) };
        var first = watched with
        {
            Progress = new SmallNetwork.Callback(report =>
            {
                if (report.Epoch == 2)
                    cancellation.Cancel();
            }),
        };
        using var cohort = small.Create(small.Plans(first, watched), new SmallCohort.Observer((cohort, _) => cohort.Members.ToList().ForEach(member => member.Keep())));
        cohort.Train();

        Assert.AreEqual((StopReason.Cancelled, 1), (cohort.Interruption, cohort.Rounds));
        foreach (var member in cohort.Members)
        {
            Assert.AreEqual((StopReason.Cancelled, 1), (member.Outcome!.History.StopReason, member.Outcome.History.ModelEpoch));
            CollectionAssert.AreEqual(SmallCohort.Flat(small.TrainAlone(SmallCohort.Settings with { MaxEpochs = 1 }).Weights), SmallCohort.Flat(member.Outcome.Weights));
        }
    }

    [TestMethod]
    public void An_error_of_one_network_ends_the_training_of_all()
    {
        using var small = new SmallCohort();
        var error = Assert.ThrowsExactly<InvalidOperationException>(() =>
        {
            using var cohort = small.Create(small.Plans(SmallCohort.Settings, SmallCohort.Settings), new SmallCohort.Observer((_, _) => throw new InvalidOperationException("Enough.")), threads: 2);
            cohort.Train();
        });
        Assert.AreEqual("Enough.", error.Message);
    }
}
