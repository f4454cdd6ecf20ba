using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Training;

/// <summary>The time limit covers all of a fit, and what follows the share of a run follows the time too.</summary>
[TestClass]
public sealed class TimeLimitTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly MLContext _ml = new(seed: 1);
    private readonly FakeClock _clock = new();

    [TestMethod]
    [DataRow(DataCaching.Memory)]
    [DataRow(DataCaching.None)]
    public void Reading_counts_and_ends_without_a_model(DataCaching caching)
    {
        var options = SmallNetwork.Options with { Time = _clock, TimeLimit = 50 * Second, DataCaching = caching };
        var error = Assert.ThrowsExactly<TimeoutException>(() => _ml.Fit(options, SlowRows(100)));
        Assert.Contains("TimeLimit (00:00:50) was reached while the rows were read", error.Message);
        Assert.IsLessThan(60 * Second, _clock.Now, "reading was not ended");

        Assert.ThrowsExactly<TimeoutException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(options).FindLearningRate(SlowRows(100)));
    }

    [TestMethod]
    public void What_reading_took_is_missing_from_training()
    {
        var options = SmallNetwork.Options with { Time = _clock, TimeLimit = 150 * Second, MaxEpochs = 1000, Progress = Every(10 * Second) };
        var history = _ml.Fit(options, SlowRows(100)).Model.History;
        Assert.AreEqual((StopReason.TimeLimit, 5, 5), (history.StopReason, history.Epochs.Count, history.ModelEpoch));
    }

    [TestMethod]
    public void Before_the_first_epoch_is_complete_there_is_no_model()
    {
        var clock = new FakeClock { Step = Second };
        var options = SmallNetwork.Options with { Time = clock, TimeLimit = 115 * Second, BatchSize = 1, InputScaling = InputScaling.None };
        var error = Assert.ThrowsExactly<TimeoutException>(() => _ml.Fit(options, _ml.Rows(100)));
        Assert.Contains("before the first epoch was complete", error.Message);
        Assert.Contains("of its 100 batches", error.Message);

        using var cancelled = new CancellationTokenSource();
        var early = SmallNetwork.Options with { CancellationToken = cancelled.Token };
        Assert.Contains("before there was a result", Assert.Throws<OperationCanceledException>(() => _ml.Fit(early, _ml.RowsThatEndWith(cancelled.Cancel, 100))).Message);
    }

    [TestMethod]
    public void A_one_cycle_run_that_is_cut_has_annealed()
    {
        // 60 epochs of a second each within the limit: in the closed form, the run is as far as its time.
        var schedule = new OneCycleSchedule();
        var options = SmallNetwork.Options with { Time = _clock, TimeLimit = 60 * Second, MaxEpochs = 100, Schedule = schedule, Progress = Every(Second) };
        var epochs = _ml.Fit(options, _ml.Rows(128)).Model.History.Epochs;
        Assert.HasCount(60, epochs);
        var steps = 2 * 100.0;
        foreach (var epoch in epochs)
        {
            var step = Math.Max(2 * epoch.Epoch - 1, Math.Floor((epoch.Epoch - 1) / 60.0 * (steps - 1)));
            Assert.AreEqual(0.01 * OneCycle(step, steps), epoch.LearningRate, 1e-12, $"epoch {epoch.Epoch}");
        }

        Assert.IsLessThan(0.01 * 0.01, epochs[^1].LearningRate);

        static double OneCycle(double step, double steps) => step < 0.3 * steps - 1
            ? Cosine(1 - step / (0.3 * steps - 1), 1 / 25.0)
            : Cosine((step - 0.3 * steps + 1) / (0.7 * steps), 1 / 250_000.0);
        static double Cosine(double progress, double final) => final + (1 - final) * (1 + Math.Cos(Math.PI * progress)) / 2;
    }

    [TestMethod]
    public void A_limit_that_is_not_reached_and_epochs_of_a_steps_schedule_change_no_bit()
    {
        var options = SmallNetwork.Options with
        {
            MaxEpochs = 6, Schedule = new StepSchedule { EveryEpochs = 2 },
            Recipe = RegularizationRecipe.None with { WeightAveraging = WeightAveraging.Stochastic(0.5) },
        };
        var limited = _ml.Fit(options with { Time = _clock, TimeLimit = 12 * Second, Progress = Every(Second) }, _ml.Rows(100)).Model;
        AssertEqual(Weights(_ml.Fit(options, _ml.Rows(100)).Model), Weights(limited));
        Assert.AreEqual(StopReason.MaxEpochs, limited.History.StopReason);
    }

    [TestMethod]
    public void Training_anew_keeps_the_pace_of_the_run_before()
    {
        var options = Stopping with { Time = _clock, TimeLimit = TimeSpan.FromMinutes(10), Schedule = new CosineSchedule(), Progress = Every(5 * Second) };
        var history = _ml.Fit(options, _ml.Rows(150)).Model.History;
        Assert.HasCount(history.ModelEpoch, history.RetrainingEpochs);
        foreach (var (first, anew) in history.Epochs.Zip(history.RetrainingEpochs))
            Assert.AreEqual(first.LearningRate, anew.LearningRate, 0.01 * 0.02, $"epoch {first.Epoch}");
    }

    [TestMethod]
    public void Training_anew_has_the_time_that_is_left()
    {
        var slow = new FakeClock { Step = TimeSpan.FromMilliseconds(1) };
        var stopped = TimeSpan.Zero;
        var progress = new Callback(epoch => stopped = epoch.IsRetraining ? stopped : slow.Now);
        var whole = _ml.Fit(Stopping with { Time = slow, TimeLimit = TimeSpan.FromHours(1), Progress = progress }, _ml.Rows(150)).Model.History;
        Assert.IsNotEmpty(whole.RetrainingEpochs);

        var log = new LogRecorder(_ml);
        var little = stopped + TimeSpan.FromMilliseconds(5);
        var history = _ml.Fit(Stopping with { Time = new FakeClock { Step = slow.Step }, TimeLimit = little }, _ml.Rows(150)).Model.History;
        Assert.AreEqual((StopReason.PatienceExhausted, whole.ModelEpoch), (history.StopReason, history.ModelEpoch));
        Assert.IsEmpty(history.RetrainingEpochs);
        Assert.IsTrue(log.Messages.Any(message => message.Contains("No time is left to train anew")));
    }

    [TestMethod]
    public void Averaging_and_unmixed_epochs_follow_the_time()
    {
        var averaging = (StochasticWeightAveraging)WeightAveraging.Stochastic(0.75);
        Assert.IsFalse(StochasticAverage.IsAveraged(9, averaging, maxEpochs: 100));
        Assert.IsTrue(StochasticAverage.IsAveraged(9, averaging, maxEpochs: 100, firstByTime: 9));

        // Epochs of a second within ten: the last two of them are not mixed, though a hundred were meant.
        var pace = new RunPace(new FitClock(_clock, 10 * Second));
        var mixed = new List<int>();
        for (var epoch = 1; epoch <= 10; epoch++)
        {
            pace.Begin(epoch);
            if (pace.IsMixed(epoch, maxEpochs: 100, unmixedEpochs: 2))
                mixed.Add(epoch);
            _clock.Advance(Second);
        }

        CollectionAssert.AreEqual(Enumerable.Range(1, 8).ToList(), mixed);
        var anew = new RunPace(new FitClock(_clock, 10 * Second), pace);
        Assert.IsTrue(anew.IsMixed(8, 100, 2) && !anew.IsMixed(9, 100, 2));
        Assert.AreEqual(0.45, anew.Share(5, within: 0.5), 1e-12);
    }

    /// <summary>Every look at the clock takes a second, so that a limit can be put into any loop over rows.</summary>
    [TestMethod]
    [DynamicData(nameof(ArchitectureProtocol.Quiet), typeof(ArchitectureProtocol))]
    [DoNotParallelize]
    public void Every_architecture_keeps_a_limit_wherever_it_falls(object architecture, string taskName)
    {
        var (own, task) = ((ArchitectureCase)architecture, LearningTasks.Find(taskName)!);
        var ends = new List<TimeSpan>();
        Fit(TimeSpan.FromDays(100), 3, ends);
        Assert.HasCount(3, ends);

        // Within reading, and within the validation of the first epoch, behind which the clock is looked at for the report.
        Assert.ThrowsExactly<TimeoutException>(() => Fit(10 * Second, 3));
        Assert.ThrowsExactly<TimeoutException>(() => Fit(ends[0] - 4 * Second, 3));
        var history = Fit(ends[1] + Second, 3);
        Assert.AreEqual((StopReason.TimeLimit, 2), (history.StopReason, history.Epochs.Count));
        Assert.IsInRange(1, 2, history.ModelEpoch);

        TrainingHistory Fit(TimeSpan limit, int epochs, List<TimeSpan>? ends = null)
        {
            var clock = new FakeClock { Step = Second };
            var options = own.Options(RegularizationRecipe.None, epochs) with
            {
                Time = clock, TimeLimit = limit, ValidationFraction = 0.2, Progress = new Callback(_ => ends?.Add(clock.Now)),
            };
            var view = _ml.Data.LoadFromEnumerable(InputExample.Of(40));
            return EveryTask.Trainer(new MLContext(seed: 2), task, options).Fit(view).GetNeuralNetwork().History;
        }
    }

    private static NeuralNetworkOptions Stopping => SmallNetwork.Options with
    {
        Recipe = RegularizationRecipe.None with { EarlyStopping = new() { Patience = 2, RetrainsOnAllRows = true } },
        MaxEpochs = 100,
    };

    private Callback Every(TimeSpan time) => new(_ => _clock.Advance(time));

    private IDataView SlowRows(int count)
    {
        return _ml.Data.LoadFromEnumerable(Read());

        IEnumerable<Example> Read()
        {
            foreach (var row in Example.Clusters(count))
            {
                _clock.Advance(Second);
                yield return row;
            }
        }
    }
}
