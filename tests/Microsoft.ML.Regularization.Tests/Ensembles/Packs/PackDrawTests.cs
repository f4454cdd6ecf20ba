namespace Microsoft.ML.Regularization.Tests.Ensembles.Packs;

[TestClass]
public sealed class PackDrawTests
{
    private static readonly TrainingSettings Settings = new()
    {
        Architecture = new RealMlpArchitecture(),
        Recipe = RegularizationRecipe.None with { WeightDecay = 0.02, Dropout = 0.15 },
        MaxEpochs = 1,
        BatchSize = 1,
        LearningRate = 0.04,
        Schedule = LearningRateSchedule.Constant,
        Key = RandomKey.FromSeed(1),
        Device = TorchSharp.torch.CPU,
    };

    [TestMethod]
    public void The_first_has_the_settings_of_the_options() => Assert.AreSame(Settings, PackDraw.Of(Settings, 0, hasClasses: true));

    [TestMethod]
    public void Each_has_its_own_within_the_ranges_and_always_the_same()
    {
        var drawn = Enumerable.Range(1, 400).Select(member => PackDraw.Of(Settings, member, hasClasses: true)).ToList();
        foreach (var own in drawn)
        {
            var architecture = (RealMlpArchitecture)own.Architecture;
            Assert.IsInRange(0.0133, 0.1, own.LearningRate);
            Assert.IsInRange(0.001, 0.05, own.Recipe.WeightDecay);
            Assert.IsInRange(1, 3, architecture.HiddenSizes.Count);
            Assert.IsInRange(0.03, 3, architecture.FrequencyDeviation);
            Assert.IsInRange(0, 0.1, own.Recipe.LabelSmoothing);
        }

        Assert.IsGreaterThan(200, drawn.Select(own => own.LearningRate).Distinct().Count());
        Assert.AreEqual(0.5, drawn.Count(own => ((RealMlpArchitecture)own.Architecture).HiddenSizes.Count == 3) / 400.0, 0.08);
        Assert.AreEqual(0.5, drawn.Count(own => own.Recipe.LabelSmoothing == 0) / 400.0, 0.08);

        // Half of a log-uniform range lies below its geometric mean.
        Assert.AreEqual(0.5, drawn.Count(own => own.LearningRate < Math.Sqrt(0.04 / 3 * 0.1)) / 400.0, 0.08);
        CollectionAssert.AreEqual(drawn.Select(own => own.LearningRate).ToList(), Enumerable.Range(1, 400).Select(member => PackDraw.Of(Settings, member, hasClasses: true).LearningRate).ToList());
    }

    [TestMethod]
    public void Networks_for_numbers_have_the_regularization_of_the_options_but_for_decay()
    {
        var own = PackDraw.Of(Settings, 3, hasClasses: false);
        Assert.AreEqual(Settings.Recipe, own.Recipe with { WeightDecay = 0.02 });
        Assert.AreNotEqual(0.02, own.Recipe.WeightDecay);
    }

    [TestMethod]
    public void No_step_takes_more_than_all_of_a_weight()
    {
        var wild = Settings with { LearningRate = 1, Recipe = Settings.Recipe with { WeightDecay = 0.02 } };
        foreach (var member in Enumerable.Range(1, 100))
        {
            var own = PackDraw.Of(wild, member, hasClasses: true);
            Assert.IsLessThan(1, own.LearningRate * own.Recipe.WeightDecay * own.Architecture.GreatestDecayFactor);
        }
    }
}
