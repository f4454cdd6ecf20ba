using System.Reflection;
using Microsoft.ML.Regularization.Tests.Trainers;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Training;

/// <summary>Why training ends, what the model then has, and what is told on the way.</summary>
[TestClass]
public sealed class TrainingEndTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(ValidationMetric.Loss)]
    [DataRow(ValidationMetric.Accuracy)]
    public void Early_stopping_gives_the_weights_of_the_best_epoch(ValidationMetric metric)
    {
        var (train, validation) = (_ml.Rows(60), _ml.Rows(300, seed: 5));
        var options = SmallNetwork.Options with
        {
            Architecture = NetworkArchitecture.Mlp(64, 64),
            Recipe = RegularizationRecipe.None with { EarlyStopping = new() { Patience = 4, Metric = metric } },
            Calibration = Calibration.None,
            MaxEpochs = 200,
        };
        var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(train, validation);
        var history = model.Model.History;
        Assert.AreEqual(StopReason.PatienceExhausted, history.StopReason);
        Assert.HasCount(history.ModelEpoch + 4, history.Epochs);
        var best = history.Epochs[history.ModelEpoch - 1];
        Assert.AreEqual(
            metric == ValidationMetric.Loss ? history.Epochs.MinBy(epoch => epoch.ValidationLoss) : history.Epochs.MaxBy(epoch => epoch.ValidationAccuracy), best);

        // ML.NET's evaluator is a second implementation of both metrics, on the model's own scores.
        var metrics = _ml.MulticlassClassification.Evaluate(model.Transform(validation));
        Assert.AreEqual(best.ValidationLoss!.Value, metrics.LogLoss, 1e-4);
        Assert.AreEqual(best.ValidationAccuracy!.Value, metrics.MicroAccuracy, 1e-9);
        Assert.AreEqual(300, history.ValidationRows);
    }

    [TestMethod]
    public void Cancellation_gives_the_best_model_so_far()
    {
        using var source = new CancellationTokenSource();
        var options = SmallNetwork.Options with
        {
            MaxEpochs = 10_000,
            ValidationFraction = 0.3,
            CancellationToken = source.Token,
            Progress = new Callback(epoch =>
            {
                if (epoch.Epoch == 7)
                    source.Cancel();
            }),
        };
        var history = _ml.Fit(options, _ml.Rows(100)).Model.History;
        Assert.AreEqual(StopReason.Cancelled, history.StopReason);
        Assert.HasCount(7, history.Epochs);
        Assert.AreEqual(history.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch, history.ModelEpoch);

        using var early = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => _ml.Fit(options with { CancellationToken = early.Token }, _ml.RowsThatEndWith(early.Cancel, 100)));
    }

    [TestMethod]
    public void The_contexts_own_cancellation_works_too()
    {
        // ML.NET's tools cancel this way; the method is not public.
        var cancel = typeof(MLContext).GetMethod("CancelExecution", BindingFlags.NonPublic | BindingFlags.Instance)!;
        var options = SmallNetwork.Options with
        {
            MaxEpochs = 10_000,
            Progress = new Callback(epoch =>
            {
                if (epoch.Epoch == 3)
                    cancel.Invoke(_ml, null);
            }),
        };
        var history = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(_ml.Rows(100)).Model.History;
        Assert.AreEqual(StopReason.Cancelled, history.StopReason);
        Assert.HasCount(3, history.Epochs);
    }

    [TestMethod]
    public void A_time_limit_ends_training_with_the_best_weights_so_far()
    {
        var clock = new FakeClock { Step = TimeSpan.FromMilliseconds(1) };
        var options = SmallNetwork.Options with { Time = clock, TimeLimit = TimeSpan.FromMilliseconds(300), MaxEpochs = 1_000_000 };
        var history = _ml.Fit(options, _ml.Rows(100)).Model.History;
        Assert.AreEqual(StopReason.TimeLimit, history.StopReason);
        Assert.AreEqual(history.Epochs.Count, history.ModelEpoch);
        Assert.IsLessThan(1_000_000, history.Epochs.Count);
    }

    [TestMethod]
    public void Without_a_gradient_training_has_converged()
    {
        // A linear network on full batches comes as close to the minimum as is asked, and no closer.
        var options = SmallNetwork.Options with
        {
            Architecture = NetworkArchitecture.Mlp(), BatchSize = 100, MaxEpochs = 100_000, GradientTolerance = 1e-3, LearningRate = 0.05,
            LabelColumnName = "Soft",
        };
        var history = _ml.Fit(options, _ml.Rows(100)).Model.History;
        Assert.AreEqual(StopReason.Converged, history.StopReason);
        Assert.IsLessThanOrEqualTo(1e-3, history.Epochs[^1].GradientNorm);
        Assert.IsTrue(history.Epochs.SkipLast(1).All(epoch => epoch.GradientNorm > 1e-3));
        Assert.AreEqual(history.Epochs.Count, history.ModelEpoch);
    }

    [TestMethod]
    public void Training_that_diverges_later_keeps_the_last_sound_epoch()
    {
        // Progress is told of an epoch before the next one starts: from then on one row's features are beyond what a square can hold.
        var rows = Example.Clusters(60);
        var options = SmallNetwork.Options with
        {
            Architecture = NetworkArchitecture.Mlp(8),
            InputScaling = InputScaling.None,
            Progress = new Callback(epoch => rows[7].Features[0] = epoch.Epoch == 3 ? 1e38f : rows[7].Features[0]),
        };
        var history = _ml.Transforms.Mixup(alpha: 1, probability: 1e-9).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(options))
            .Fit(_ml.Data.LoadFromEnumerable(rows)).LastTransformer.Model.History;
        Assert.AreEqual((StopReason.Diverged, 3, 3), (history.StopReason, history.ModelEpoch, history.Epochs.Count));
    }

    [TestMethod]
    public void Progress_and_log_tell_every_epoch_and_the_end()
    {
        var log = new LogRecorder(_ml);
        var reports = new List<EpochReport>();
        var options = SmallNetwork.Options with { ValidationFraction = 0.2, MaxEpochs = 4, Progress = new Callback(reports.Add), Recipe = RegularizationRecipe.SmallDataset };
        var history = _ml.Fit(options, _ml.Rows(100)).Model.History;
        CollectionAssert.AreEqual(history.Epochs.Concat(history.RetrainingEpochs).ToList(), reports);
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, history.Epochs.Select(report => report.Epoch).ToList());
        foreach (var report in history.Epochs)
        {
            Assert.IsTrue(report is { TrainingLoss: > 0, ValidationLoss: > 0, ValidationAccuracy: > 0, GradientNorm: > 0, Seconds: > 0, LearningRate: 0.01 });
        }

        // 4 x 16 + 16 x 16 + 16 x 3 weights and 16 + 16 + 3 biases.
        Assert.IsTrue(log.Messages.Any(message => message.Contains("403 parameters, of which 368 are decayed")));
        Assert.IsTrue(log.Messages.Any(message => message.Contains("Training ended after 4 epochs: MaxEpochs")));
    }
}
