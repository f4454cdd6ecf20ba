using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Optimizers;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Training;

[TestClass]
public sealed class FindLearningRateTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>
    /// Features of plus and minus one in all combinations make the loss of a linear model <c>|w - w*|^2 / 2</c>: a parabola of curvature 1 in every direction,
    /// so a step of rate r multiplies the loss by <c>(1 - r)^2</c>, and rates above 2 diverge.
    /// </summary>
    [TestMethod]
    public void On_a_parabola_the_curve_is_the_closed_form_and_the_suggestion_trains()
    {
        var rows = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 16).Select(id =>
        {
            float[] features = [.. Enumerable.Range(0, 4).Select(bit => (id >> bit & 1) == 1 ? 1f : -1f)];
            return new Example { Id = id, Features = features, Target = 3 * features[0] - 2 * features[1] + features[2] };
        }).ToList());
        var options = new NeuralNetworkOptions
        {
            LabelColumnName = "Target",
            Architecture = NetworkArchitecture.Mlp(),
            Recipe = RegularizationRecipe.None,
            InputScaling = InputScaling.None,
            Optimizer = Optimizer.Sgd(),
            BatchSize = 16,
            MaxEpochs = 100,
        };
        var curve = _ml.Regression.Trainers.NeuralNetwork(options).FindLearningRate(rows, new LearningRateRange { Min = 1e-5, Max = 100, Steps = 120 });

        Assert.IsGreaterThan(2, curve.Points[^1].LearningRate);
        Assert.IsLessThan(120, curve.Points.Count);
        var expected = curve.Points[0].Loss;
        foreach (var point in curve.Points)
        {
            // Rounding noise is left when nothing else is.
            Assert.AreEqual(expected, point.Loss, 1e-3 * expected + 1e-9, $"rate {point.LearningRate}");
            if (expected < 1e-6)
                break;
            expected *= Math.Pow(1 - point.LearningRate, 2);
        }

        Assert.IsInRange(0.01, 1, curve.Suggestion!.Value);
        var history = _ml.Regression.Trainers.NeuralNetwork(options with { LearningRate = curve.Suggestion.Value }).Fit(rows).Model.History;
        Assert.IsLessThan(0.01 * history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);
        history = _ml.Regression.Trainers.NeuralNetwork(options with { LearningRate = 2.5, MaxEpochs = 1000 }).Fit(rows).Model.History;
        Assert.AreEqual(StopReason.Diverged, history.StopReason);
    }

    private static IEnumerable<object[]> Optimizers => ParameterUpdateTests.Each;

    [TestMethod]
    [DynamicData(nameof(Optimizers))]
    public void Training_with_the_suggestion_works_under_every_optimizer(Optimizer optimizer)
    {
        var options = SmallNetwork.Options with { Optimizer = optimizer, BatchSize = 32 };
        var rows = _ml.Rows(300);
        var curve = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).FindLearningRate(rows, new LearningRateRange { Max = 10 });
        Assert.IsNotNull(curve.Suggestion, curve.ToString());

        var model = _ml.Fit(options with { LearningRate = curve.Suggestion.Value }, rows);
        Assert.IsGreaterThan(0.75, _ml.MulticlassClassification.Evaluate(model.Transform(_ml.Rows(300, seed: 7))).MicroAccuracy, curve.ToString());
    }

    [TestMethod]
    public void All_three_tasks_have_it_and_it_repeats_itself()
    {
        var rows = _ml.Rows(200);
        var options = SmallNetwork.Options with { Recipe = RegularizationRecipe.SmallDataset, Seed = 3 };
        AssertRepeats(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(options).FindLearningRate(rows));
        AssertRepeats(() => _ml.BinaryClassification.Trainers.NeuralNetwork(options with { LabelColumnName = "Flag" }).FindLearningRate(rows));
        AssertRepeats(() => _ml.Regression.Trainers.NeuralNetwork(options with { LabelColumnName = "Target" }).FindLearningRate(rows));
        Assert.AreNotEqual(
            _ml.MulticlassClassification.Trainers.NeuralNetwork(options).FindLearningRate(rows),
            _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Seed = 4 }).FindLearningRate(rows));

        static void AssertRepeats(Func<LearningRateCurve> find)
        {
            var curve = find();
            Assert.AreEqual(curve, find());
            Assert.IsNotNull(curve.Suggestion, curve.ToString());
            CollectionAssert.AreEqual(curve.Points.OrderBy(point => point.LearningRate).ToList(), curve.Points.ToList());
            Assert.AreEqual(1e-6, curve.Points[0].LearningRate);
        }
    }

    [TestMethod]
    public void It_asks_no_validation_rows_and_needs_no_epochs()
    {
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(
            SmallNetwork.Options with { Recipe = RegularizationRecipe.SmallDataset, ValidationFraction = 0, MaxEpochs = 1, BatchSize = 64 });
        Assert.HasCount(40, trainer.FindLearningRate(_ml.Rows(150), new LearningRateRange { Steps = 40, Max = 1e-3 }).Points);
    }

    [TestMethod]
    public void It_reads_augmented_rows_anew_in_every_epoch()
    {
        var rows = _ml.Data.Augment(_ml.Rows(60), new MixupOptions());
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { BatchSize = 60, LabelColumnName = "Label" });
        var curve = trainer.FindLearningRate(rows, new LearningRateRange { Min = 1e-12, Max = 1e-11, Steps = 5 });

        // Nothing is learned at such rates, so losses differ by the rows they are of.
        Assert.HasCount(5, curve.Points.Select(point => Math.Round(point.Loss, 4)).Distinct().ToList());
    }

    [TestMethod]
    public void The_trainer_stays_as_it_is()
    {
        var rows = _ml.Rows(150);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options);
        var before = trainer.Fit(rows);
        trainer.FindLearningRate(rows);
        AssertEqual(Weights(before.Model), Weights(trainer.Fit(rows).Model));
    }

    [TestMethod]
    [DoNotParallelize]
    public void It_leaves_no_tensor_behind()
    {
        var rows = _ml.Rows(100);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options);
        trainer.FindLearningRate(rows);
        Assert.AreEqual(0, LiveTensors.LeftBy(() => trainer.FindLearningRate(rows)));
    }

    [TestMethod]
    public void Cancellation_ends_it_with_the_steps_so_far()
    {
        using var source = new CancellationTokenSource();
        var log = new LogRecorder(_ml);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { CancellationToken = source.Token });
        Assert.Contains("before there was a result", Assert.Throws<OperationCanceledException>(() => trainer.FindLearningRate(_ml.RowsThatEndWith(source.Cancel, 100))).Message);

        var options = SmallNetwork.Options with { Time = new FakeClock { Step = TimeSpan.FromSeconds(1) }, TimeLimit = TimeSpan.FromSeconds(300) };
        var limited = _ml.MulticlassClassification.Trainers.NeuralNetwork(options)
            .FindLearningRate(_ml.Rows(100), new LearningRateRange { Steps = 1_000_000, Max = 1e-5 });
        Assert.IsInRange(1, 999_999, limited.Points.Count);
        Assert.IsTrue(log.Messages.Any(message => message.Contains("Learning-rate range test ended: TimeLimit; ")));
    }

    /// <summary>As the documentation says: rows pass the transforms first.</summary>
    [TestMethod]
    public void It_fits_into_a_pipeline()
    {
        var rows = _ml.Rows(200);
        var transforms = _ml.Transforms.NormalizeMinMax("Features").Append(_ml.Transforms.Conversion.MapValueToKey("Key", "Name"));
        var options = SmallNetwork.Options with { LabelColumnName = "Key", BatchSize = 32 };
        var curve = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).FindLearningRate(transforms.Fit(rows).Transform(rows));

        var model = transforms.Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(options with { LearningRate = curve.Suggestion!.Value })).Fit(rows);
        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        AssertEqual(Scores(model.Transform(rows)), Scores(loaded.Transform(rows)));
        Assert.IsGreaterThan(0.75, _ml.MulticlassClassification.Evaluate(loaded.Transform(rows), labelColumnName: "Key").MicroAccuracy);
    }
}
