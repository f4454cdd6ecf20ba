using System.Text.Json;
using Microsoft.ML.Regularization.Tests.Golden;

namespace Microsoft.ML.Regularization.Tests.Training.Schedules;

[TestClass]
public sealed class LearningRateScheduleTests
{
    private static readonly JsonElement Golden = GoldenFile.Read("schedules.json");

    private static IEnumerable<object[]> AllSchedules =>
        typeof(LearningRateSchedule).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LearningRateSchedule)) && !type.IsAbstract)
            .Select(type => new[] { Activator.CreateInstance(type)! });

    [TestMethod]
    public void A_cosine_is_PyTorchs()
    {
        var cases = Cases("CosineAnnealingLR");
        Assert.HasCount(2, cases);
        foreach (var golden in cases)
        {
            var schedule = new CosineSchedule { FinalFactor = Number(golden, "eta_min") / Number(golden, "base_lr") };
            AssertRates(golden, (int)Number(golden, "T_max"), schedule);
        }
    }

    [TestMethod]
    public void A_cosine_behind_a_warm_up_is_PyTorchs()
    {
        var cases = Cases("SequentialLR(LinearLR, CosineAnnealingLR)");
        Assert.HasCount(4, cases);
        foreach (var golden in cases)
        {
            var total = (int)Number(golden, "total_steps");
            AssertRates(golden, total, new CosineSchedule
            {
                WarmUpFraction = Number(golden, "warmup_steps") / total,
                WarmUpStartFactor = Number(golden, "start_factor"),
                FinalFactor = Number(golden, "eta_min") / Number(golden, "base_lr"),
            });
        }
    }

    [TestMethod]
    public void Steps_are_PyTorchs()
    {
        var golden = Cases("StepLR").Single();
        AssertRatesOfEpochs(golden, new StepSchedule { EveryEpochs = (int)Number(golden, "step_size"), Factor = Number(golden, "gamma") });
    }

    [TestMethod]
    public void The_exponential_is_PyTorchs()
    {
        var golden = Cases("ExponentialLR").Single();
        AssertRatesOfEpochs(golden, new ExponentialSchedule { FactorPerEpoch = Number(golden, "gamma") });
    }

    [TestMethod]
    public void One_cycle_is_PyTorchs()
    {
        var golden = Cases("OneCycleLR").Single();
        var schedule = new OneCycleSchedule
        {
            WarmUpFraction = Number(golden, "pct_start"),
            StartDivisor = Number(golden, "div_factor"),
            FinalDivisor = Number(golden, "final_div_factor"),
        };
        AssertRates(golden, (int)Number(golden, "total_steps"), schedule, Number(golden, "max_lr"));
    }

    [TestMethod]
    public void A_line_rises_and_falls_straight()
    {
        var schedule = new LinearSchedule { WarmUpFraction = 0.2, WarmUpStartFactor = 0.5, FinalFactor = 0.1 };
        CollectionAssert.AreEqual(
            new[] { 0.5, 0.75, 1, 0.775, 0.55, 0.325, 0.1 },
            new[] { 0, 10, 20, 40, 60, 80, 100 }.Select(step => Math.Round(schedule.FactorAt(new TrainingMoment(step, 100, 1)), 12)).ToArray());
    }

    [TestMethod]
    public void Flat_then_cosine_is_flat_then_a_cosine()
    {
        var schedule = new FlatThenCosineSchedule { FlatFraction = 0.6, FinalFactor = 0.2 };
        CollectionAssert.AreEqual(
            new[] { 1, 1, 1, 0.6, 0.2 },
            new[] { 0, 30, 60, 80, 100 }.Select(step => Math.Round(schedule.FactorAt(new TrainingMoment(step, 100, 1)), 12)).ToArray());
    }

    [TestMethod]
    public void Waves_are_those_of_the_paper()
    {
        // Zeros at (2^k - 1) / 15, and the places of the greatest rates in the authors' description.
        var schedule = new LogCosineSchedule();
        foreach (var zero in (int[])[0, 1, 3, 7, 15])
            Assert.AreEqual(0, schedule.FactorAt(new TrainingMoment(zero, 15, 1)), 1e-12);
        foreach (var peak in (int[])[276, 1219, 3105, 6876])
            Assert.AreEqual(1, schedule.FactorAt(new TrainingMoment(peak, 10_000, 1)), 1e-4);
        Assert.AreEqual(0.494, Enumerable.Range(0, 10_000).Average(step => schedule.FactorAt(new TrainingMoment(step, 10_000, 1))), 0.001);
        Assert.AreEqual(0.5, new LogCosineSchedule { Cycles = 1 }.FactorAt(new TrainingMoment(41_421, 100_000, 1)) / 2, 1e-4);
    }

    [TestMethod]
    [DynamicData(nameof(AllSchedules))]
    public void Every_factor_is_at_most_one_and_a_run_of_any_length_has_one(LearningRateSchedule schedule)
    {
        for (var total = 1; total < 40; total++)
        {
            for (var step = 0; step < total; step++)
                Assert.IsInRange(0.0, 1.0, schedule.FactorAt(new TrainingMoment(step, total, step + 1)), $"step {step} of {total}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(AllSchedules))]
    public void A_trainer_follows_the_schedule_and_the_history_tells_it(LearningRateSchedule schedule)
    {
        // 64 rows in batches of 16: four steps an epoch, of which the history tells the last one's rate.
        var ml = new MLContext(seed: 1);
        var history = ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(4),
            Recipe = RegularizationRecipe.None,
            Schedule = schedule,
            BatchSize = 16,
            MaxEpochs = 6,
            LearningRate = 0.01,
        }).Fit(ml.Data.LoadFromEnumerable(Example.Clusters(64))).Model.History;

        CollectionAssert.AreEqual(
            Enumerable.Range(1, 6).Select(epoch => 0.01 * schedule.FactorAt(new TrainingMoment(4 * epoch - 1, 24, epoch))).ToList(),
            history.Epochs.Select(epoch => epoch.LearningRate).ToList());
    }

    [TestMethod]
    [DynamicData(nameof(AllSchedules))]
    public void Schedules_compare_by_value(LearningRateSchedule schedule)
    {
        Assert.AreEqual(schedule, (LearningRateSchedule)Activator.CreateInstance(schedule.GetType())!);
        Assert.AreNotEqual(schedule, new CosineSchedule { FinalFactor = 0.123 });
    }

    private static List<JsonElement> Cases(string name) =>
        [.. Golden.GetProperty("cases").EnumerateArray().Where(golden => golden.GetProperty("name").GetString() == name)];

    private static double Number(JsonElement golden, string name) => golden.GetProperty(name).GetDouble();

    private static void AssertRates(JsonElement golden, int total, LearningRateSchedule schedule, double? learningRate = null)
    {
        var expected = golden.GetProperty("lrs").Numbers();
        var rate = learningRate ?? Number(golden, "base_lr");
        for (var step = 0; step < expected.Length; step++)
            Assert.AreEqual(expected[step], rate * schedule.FactorAt(new TrainingMoment(step, total, 1)), 1e-9 * rate, $"step {step}");
    }

    private static void AssertRatesOfEpochs(JsonElement golden, LearningRateSchedule schedule)
    {
        var expected = golden.GetProperty("lrs").Numbers();
        for (var epoch = 1; epoch <= expected.Length; epoch++)
            Assert.AreEqual(expected[epoch - 1], 0.1 * schedule.FactorAt(new TrainingMoment(0, 1, epoch)), 1e-10, $"epoch {epoch}");
    }
}
