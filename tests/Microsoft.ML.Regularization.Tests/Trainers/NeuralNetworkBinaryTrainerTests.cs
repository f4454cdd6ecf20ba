using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers;

[TestClass]
public sealed class NeuralNetworkBinaryTrainerTests
{
    private static readonly NeuralNetworkOptions Options = SmallNetwork.Options with { LabelColumnName = "Flag" };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Both_ways_to_evaluate_agree_with_the_history()
    {
        var (train, test) = (_ml.Rows(300), _ml.Rows(200, seed: 2));
        var model = _ml.BinaryClassification.Trainers.NeuralNetwork(Options with { ValidationSet = test, ExampleWeightColumnName = "Weight", Calibration = Calibration.None }).Fit(train);
        var last = model.Model.History.Epochs[^1].ValidationMetrics;

        // ML.NET's evaluator takes example weights only from roles, so the rows are repeated: weight 1.5 is three rows, weight 0.5 one.
        var repeated = _ml.Data.LoadFromEnumerable(Example.Clusters(200, seed: 2).SelectMany(row => Enumerable.Repeat(row, row.Weight > 1 ? 3 : 1)));
        var metrics = _ml.BinaryClassification.Evaluate(model.Transform(repeated), "Flag");
        Assert.AreEqual(metrics.LogLoss * Math.Log(2), last[ValidationMetric.Loss], 1e-5);
        Assert.AreEqual(metrics.Accuracy, last[ValidationMetric.Accuracy], 1e-6);
        Assert.AreEqual((metrics.PositiveRecall + metrics.NegativeRecall) / 2, last[ValidationMetric.MacroAccuracy], 1e-6);
        Assert.AreEqual(metrics.AreaUnderRocCurve, last[ValidationMetric.AreaUnderRocCurve], 1e-6);
        Assert.IsGreaterThan(0.9, metrics.AreaUnderRocCurve);
        Assert.AreEqual(metrics.Accuracy, _ml.BinaryClassification.EvaluateNonCalibrated(model.Transform(repeated), "Flag").Accuracy);
    }

    [TestMethod]
    public void Probability_is_the_sigmoid_of_the_score_and_the_label_its_sign()
    {
        var view = _ml.Rows(90);
        var scored = _ml.BinaryClassification.Trainers.NeuralNetwork(Options).Fit(view).Transform(view);
        foreach (var row in _ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false))
        {
            Assert.AreEqual(1 / (1 + Math.Exp(-row.Score)), row.Probability, 1e-6);
            Assert.AreEqual(row.Score > 0, row.PredictedLabel);
        }
    }

    [TestMethod]
    public void A_linear_network_finds_the_logistic_regression()
    {
        var rows = Example.Clusters(200);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var options = Options with
        {
            Architecture = NetworkArchitecture.Mlp(), BatchSize = 200, MaxEpochs = 1500, LearningRate = 0.05, InputScaling = InputScaling.None,
            Schedule = new CosineSchedule(),
        };
        var ours = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(view).Transform(view);
        var theirs = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Flag", l1Regularization: 0, l2Regularization: 0, optimizationTolerance: 1e-9f)
            .Fit(view).Transform(view);
        foreach (var (a, b) in ours.GetColumn<float>("Probability").Zip(theirs.GetColumn<float>("Probability")))
            Assert.AreEqual(b, a, 2e-3);
    }

    [TestMethod]
    public void Two_classes_are_learned_alike_as_flags_and_as_keys()
    {
        // The difference of two logits is one logit, and from the same start full batches under a convex loss end alike.
        var rows = Example.Clusters(120);
        var view = _ml.Transforms.Conversion.MapValueToKey("Key", "Flag", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
            .Fit(_ml.Data.LoadFromEnumerable(rows)).Transform(_ml.Data.LoadFromEnumerable(rows));
        var options = Options with
        {
            Architecture = NetworkArchitecture.Mlp(), BatchSize = 120, MaxEpochs = 1200, LearningRate = 0.05, Schedule = new CosineSchedule(),
            Recipe = RegularizationRecipe.None with { LabelSmoothing = 0.1, ConfidencePenalty = 0.05 },
        };
        var flags = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(view).Transform(view).GetColumn<float>("Probability");
        var keys = SmallNetwork.Scores(_ml.Fit(options with { LabelColumnName = "Key" }, view).Transform(view));
        foreach (var (a, b) in flags.Zip(keys))
            Assert.AreEqual(b[1], a, 3e-3);
    }

    [TestMethod]
    public void Balanced_classes_count_like_repeated_rows()
    {
        // A third of the rows is positive: balanced, each of them counts as two.
        var rows = Example.Clusters(150);
        var repeated = rows.SelectMany(row => Enumerable.Repeat(row, row.Flag ? 2 : 1)).ToList();
        var options = Options with { Architecture = NetworkArchitecture.Mlp(), BatchSize = 500, MaxEpochs = 100, InputScaling = InputScaling.None };
        AssertAlike(options with { ClassWeights = ClassWeights.Balanced });
        AssertAlike(options with { ClassWeights = ClassWeights.Of(1, 2) });

        void AssertAlike(NeuralNetworkOptions weighted)
        {
            var view = _ml.Data.LoadFromEnumerable(rows);
            var expected = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(_ml.Data.LoadFromEnumerable(repeated)).Transform(view);
            var actual = _ml.BinaryClassification.Trainers.NeuralNetwork(weighted).Fit(view).Transform(view);
            foreach (var (a, b) in expected.GetColumn<float>("Score").Zip(actual.GetColumn<float>("Score")))
                Assert.AreEqual(a, b, 1e-3);
        }
    }

    [TestMethod]
    public void Mixup_in_front_and_calibration_behind_leave_flags_flags()
    {
        var view = _ml.Rows(200);
        var mixed = _ml.Transforms.Mixup(labelColumnName: "Flag").Append(_ml.BinaryClassification.Trainers.NeuralNetwork(Options)).Fit(view);
        var scored = mixed.Transform(view);
        Assert.IsGreaterThan(0.85, _ml.BinaryClassification.Evaluate(scored, "Flag").Accuracy);

        var calibrated = _ml.BinaryClassification.Calibrators.Platt("Flag").Fit(scored).Transform(scored);
        Assert.IsLessThan(
            _ml.BinaryClassification.Evaluate(scored, "Flag").LogLoss + 1e-3, _ml.BinaryClassification.Evaluate(calibrated, "Flag").LogLoss);
    }

    [TestMethod]
    public void The_promised_schema_is_the_schema_of_the_predictions_and_that_of_MLNETs_own_trainers()
    {
        var view = _ml.Rows(60);
        var trainer = _ml.BinaryClassification.Trainers.NeuralNetwork(Options with { MaxEpochs = 1 });
        var schema = trainer.Fit(view).Transform(view).Schema;
        SchemaShapes.AssertEqual(SchemaShapes.Of(schema), trainer.GetOutputSchema(SchemaShapes.Of(view.Schema)));
        var theirs = _ml.BinaryClassification.Trainers.LbfgsLogisticRegression("Flag").Fit(view).Transform(view).Schema;
        SchemaShapes.AssertEqual(SchemaShapes.Of(theirs), SchemaShapes.Of(schema));
    }

    private sealed class Prediction
    {
        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
