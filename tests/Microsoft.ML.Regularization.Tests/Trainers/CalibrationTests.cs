using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>What a fit does with <see cref="NeuralNetworkOptions.Calibration"/>, measured on the scores of its model.</summary>
[TestClass]
public sealed class CalibrationTests
{
    // Smoothing makes networks less sure than they may be: the temperature is clearly below 1.
    private static readonly NeuralNetworkOptions Unsure = SmallNetwork.Options with
    {
        Recipe = RegularizationRecipe.None with { LabelSmoothing = 0.3, EarlyStopping = new EarlyStopping { Patience = int.MaxValue } },
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(100)]
    [DataRow(0.15)]
    public void The_temperature_is_the_best_for_the_validation_rows(double priorDeviation)
    {
        var (rows, validation) = (_ml.Rows(300), _ml.Rows(120, seed: 2));
        var plain = Fit(Calibration.None);
        var calibrated = Fit(Calibration.Temperature(priorDeviation));
        SmallNetwork.AssertEqual(SmallNetwork.Weights(plain.Model), SmallNetwork.Weights(calibrated.Model));
        Assert.IsNull(plain.Model.History.Calibration);

        var logits = SmallNetwork.Scores(plain.Transform(validation)).ConvertAll(row => Array.ConvertAll(row, p => Math.Log(p)));
        var labels = Example.Clusters(120, seed: 2).ConvertAll(row => (int)row.Label);
        var best = Enumerable.Range(-3000, 6001).Select(step => step / 1000.0).MinBy(
            x => logits.Zip(labels, (row, label) => Loss(row, label, Math.Exp(-x))).Sum() + x * x / (2 * priorDeviation * priorDeviation));
        var learned = calibrated.Model.History.Calibration!;
        Assert.AreEqual(best, Math.Log(learned.Temperature), 0.002);
        Assert.IsLessThan(0.9, learned.Temperature);

        var expected = logits.ConvertAll(row => Array.ConvertAll(row, logit => Math.Exp(logit / learned.Temperature)));
        foreach (var (powers, scores) in expected.Zip(SmallNetwork.Scores(calibrated.Transform(validation))))
        {
            for (var k = 0; k < scores.Length; k++)
                Assert.AreEqual((120 * powers[k] / powers.Sum() + 1.0 / 3) / 121, scores[k], 1e-5);
        }

        NeuralNetworkMulticlassTransformer Fit(Calibration calibration) =>
            _ml.MulticlassClassification.Trainers.NeuralNetwork(Unsure with { Calibration = calibration }).Fit(rows, validation);

        static double Loss(double[] logits, int label, double factor) => Math.Log(logits.Sum(logit => Math.Exp(factor * logit))) - factor * logits[label];
    }

    [TestMethod]
    public void Of_true_and_false_score_probability_and_label_stay_together()
    {
        var (rows, validation) = (_ml.Rows(300), _ml.Rows(120, seed: 2));
        var options = Unsure with { LabelColumnName = "Flag" };
        var calibrated = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(rows, validation);
        var plain = _ml.BinaryClassification.Trainers.NeuralNetwork(options with { Calibration = Calibration.None }).Fit(rows, validation);

        var scored = Read(calibrated);
        Assert.IsLessThan(0.95, calibrated.Model.History.Calibration!.Temperature);
        foreach (var row in scored)
        {
            Assert.AreEqual(1 / (1 + Math.Exp(-row.Score)), row.Probability, 1e-6);
            Assert.AreEqual(row.Score > 0, row.PredictedLabel);
        }

        CollectionAssert.AreEqual(Read(plain).ConvertAll(row => row.PredictedLabel), scored.ConvertAll(row => row.PredictedLabel));
        Assert.IsLessThan(LogLoss(plain), LogLoss(calibrated));

        List<BinaryRow> Read(ITransformer model) => [.. _ml.Data.CreateEnumerable<BinaryRow>(model.Transform(validation), reuseRowObject: false, ignoreMissingColumns: true)];
        double LogLoss(ITransformer model) => _ml.BinaryClassification.Evaluate(model.Transform(validation), "Flag").LogLoss;
    }

    [TestMethod]
    public void It_is_saved_with_the_model()
    {
        var rows = _ml.Rows(300);
        var model = _ml.Fit(Unsure, rows);
        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);

        Assert.IsNotNull(model.Model.History.Calibration);
        Assert.AreEqual(model.Model.History.Calibration, loaded.GetNeuralNetwork().History.Calibration);
        SmallNetwork.AssertEqual(SmallNetwork.Scores(model.Transform(rows)), SmallNetwork.Scores(loaded.Transform(rows)));
    }

    [TestMethod]
    public void A_model_that_is_trained_again_on_all_rows_keeps_what_the_validation_rows_told()
    {
        var stopping = new EarlyStopping { Patience = int.MaxValue };
        var stopped = Network(stopping with { RetrainsOnAllRows = false });
        var retrained = Network(stopping with { RetrainsOnAllRows = true });

        Assert.IsNotNull(stopped.History.Calibration);
        Assert.IsNotEmpty(retrained.History.RetrainingEpochs);
        Assert.AreEqual(stopped.History.Calibration, retrained.History.Calibration);

        TrainedNetwork Network(EarlyStopping options) =>
            _ml.Fit(Unsure with { Recipe = Unsure.Recipe! with { EarlyStopping = options } }, _ml.Rows(300)).Model.Network;
    }

    [TestMethod]
    public void Without_validation_rows_nothing_is_calibrated_and_the_log_says_so_once()
    {
        var log = new LogRecorder(_ml);
        var model = _ml.Fit(Unsure with { Recipe = RegularizationRecipe.None }, _ml.Rows(90));

        Assert.IsNull(model.Model.History.Calibration);
        Assert.HasCount(1, log.Messages.Where(message => message.Contains("not calibrated", StringComparison.Ordinal)).ToList());
    }

    [TestMethod]
    public void The_best_epoch_can_be_that_of_the_least_calibrated_loss()
    {
        var stopping = new EarlyStopping { Metric = ValidationMetric.CalibratedLoss, Patience = int.MaxValue, RetrainsOnAllRows = false };
        var history = _ml.Fit(Unsure with { Recipe = Unsure.Recipe! with { EarlyStopping = stopping } }, _ml.Rows(300)).Model.History;

        var losses = history.Epochs.Select(epoch => epoch.ValidationMetrics[ValidationMetric.CalibratedLoss]).ToList();
        Assert.AreEqual(losses.IndexOf(losses.Min()) + 1, history.ModelEpoch);
        Assert.IsTrue(history.Epochs.All(epoch => epoch.ValidationMetrics[ValidationMetric.CalibratedLoss] <= epoch.ValidationLoss + 1e-6));
        Assert.IsTrue(history.Epochs.Any(epoch => epoch.ValidationMetrics[ValidationMetric.CalibratedLoss] < epoch.ValidationLoss - 0.01));
    }

    [TestMethod]
    public void Numbers_have_no_probabilities_to_calibrate()
    {
        var options = SmallNetwork.Options with { LabelColumnName = "Target", Calibration = Calibration.Temperature() };
        Refusal.Check("regression", () => _ml.Regression.Trainers.NeuralNetwork(options), ["Calibration is temperature"]);
        Assert.IsNull(_ml.Regression.Trainers.NeuralNetwork(options with { Calibration = Calibration.None, MaxEpochs = 1, ValidationFraction = 0.2 }).Fit(_ml.Rows(60)).Model.History.Calibration);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(101)]
    [DataRow(double.NaN)]
    public void A_prior_deviation_out_of_range_is_refused(double deviation) => Refusal.Check(
        "prior",
        () => _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { Calibration = Calibration.Temperature(deviation) }),
        ["Calibration.PriorDeviation"]);

    private sealed class BinaryRow
    {
        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }
}
