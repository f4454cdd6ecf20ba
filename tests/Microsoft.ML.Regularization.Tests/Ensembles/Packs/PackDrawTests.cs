using Microsoft.ML.Regularization.Tests.Trainers;

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

    private static IEnumerable<object[]> Kinds => Enum.GetValues<PackDraws>().Where(kind => System.Numerics.BitOperations.IsPow2((int)kind)).Select(kind => new object[] { kind });

    /// <summary>A setting is drawn where it is asked for, differs between networks, and does not move what others draw.</summary>
    [TestMethod]
    [DynamicData(nameof(Kinds))]
    public void Each_kind_of_draw_changes_its_own_setting_alone(PackDraws kind)
    {
        var all = Enum.GetValues<PackDraws>().Aggregate((sum, one) => sum | one);
        var (alone, with, without) = (SettingsOf(kind), SettingsOf(all), SettingsOf(all & ~kind));
        Assert.IsGreaterThan(1, alone.Select(settings => settings[kind]).Distinct().Count());
        for (var member = 0; member < alone.Count; member++)
        {
            // The kind of dropout is that of a probability, and decay is bounded by the rate.
            Assert.AreEqual(with[member][kind], kind == PackDraws.DropoutKind ? with[member][kind] : alone[member][kind]);
            foreach (var other in with[member].Keys.Where(other => other != kind && (other, kind) != (PackDraws.DropoutKind, PackDraws.Dropout)))
                Assert.AreEqual(with[member][other], without[member][other], $"{other} without {kind}");
        }

        static List<Dictionary<PackDraws, object?>> SettingsOf(PackDraws draws) => [.. Enumerable.Range(1, 40).Select(member =>
        {
            var own = PackDraw.Of(Settings, member, hasClasses: true, draws);
            var (architecture, recipe) = ((RealMlpArchitecture)own.Architecture, own.Recipe);
            return new Dictionary<PackDraws, object?>
            {
                [PackDraws.LearningRate] = own.LearningRate,
                [PackDraws.WeightDecay] = recipe.WeightDecay,
                [PackDraws.Depth] = architecture.HiddenSizes.Count,
                [PackDraws.Activation] = architecture.Activation,
                [PackDraws.Frequencies] = architecture.FrequencyDeviation,
                [PackDraws.PiecewiseLinear] = architecture.NumericalEmbedding,
                [PackDraws.Dropout] = (recipe.Dropout as StandardDropout)?.DropProbability ?? (recipe.Dropout as GaussianDropout)?.DropProbability,
                [PackDraws.DropoutKind] = recipe.Dropout?.GetType(),
                [PackDraws.LabelSmoothing] = recipe.LabelSmoothing,
                [PackDraws.WeightAveraging] = recipe.WeightAveraging,
                [PackDraws.Mixup] = recipe.ManifoldMixup,
            };
        })];
    }

    [TestMethod]
    public void Without_draws_all_have_the_settings_of_the_options() =>
        Assert.AreEqual(Settings with { Architecture = new RealMlpArchitecture() }, PackDraw.Of(Settings, 5, hasClasses: true, PackDraws.None) with { Architecture = new RealMlpArchitecture() });

    private static IEnumerable<object[]> Tasks => LearningTasks.All.Select(task => new object[] { task.ToString() });

    /// <summary>What is drawn could be said by options, which the trainer checks against each other.</summary>
    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void What_is_drawn_never_contradicts(string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        var hasClasses = EveryTask.HasClasses(task);
        var all = Enum.GetValues<PackDraws>().Aggregate((sum, one) => sum | one) & ~(hasClasses ? PackDraws.None : PackDraws.LabelSmoothing);
        var options = new NeuralNetworkOptions { Pack = new PackOptions { Draws = all } };
        var ml = new MLContext();
        var plan = NeuralNetworkOptionsCheck.Check(ml, options, task);
        var settings = Settings with { Architecture = plan.Architecture, Recipe = plan.Recipe, LearningRate = plan.LearningRate };
        foreach (var draws in new PackDraws?[] { null, all })
        {
            for (var member = 1; member <= 100; member++)
            {
                var own = PackDraw.Of(settings, member, hasClasses, draws);
                NeuralNetworkOptionsCheck.Check(
                    ml, new NeuralNetworkOptions { Architecture = own.Architecture, Recipe = own.Recipe, LearningRate = own.LearningRate, Optimizer = plan.Optimizer }, task);
            }
        }
    }

    [TestMethod]
    public void What_options_rule_out_is_not_drawn()
    {
        var custom = PackDraw.UsualFor(hasClasses: true, new RealMlpArchitecture(), LossFunction.Focal(2));
        Assert.IsFalse(custom.HasFlag(PackDraws.LabelSmoothing));
        var plain = PackDraw.UsualFor(hasClasses: true, new RealMlpArchitecture { EmbedsNumbers = false }, loss: null);
        Assert.IsFalse(plain.HasFlag(PackDraws.Frequencies));
        Assert.IsTrue(plain.HasFlag(PackDraws.Recipe));
    }
}
