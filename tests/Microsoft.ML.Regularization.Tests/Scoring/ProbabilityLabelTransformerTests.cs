using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Scoring;

[TestClass]
public sealed class ProbabilityLabelTransformerTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Behind_class_weights_and_each_calibrator_label_and_probability_agree()
    {
        var calibrators = _ml.BinaryClassification.Calibrators;
        foreach (var calibrator in new IEstimator<ITransformer>[] { calibrators.Platt("Flag"), calibrators.Isotonic("Flag"), calibrators.Naive("Flag") })
        {
            var (before, after) = (Calibrated(calibrator), Calibrated(calibrator.Append(calibrators.LabelByProbability())));
            Assert.IsGreaterThan(0, Contradictions(before), "without it the label is the score's, or this test shows nothing");
            Assert.AreEqual(0, Contradictions(after));
            CollectionAssert.AreEqual(before.GetColumn<float>("Probability").ToArray(), after.GetColumn<float>("Probability").ToArray());
        }
    }

    [TestMethod]
    public void Evaluation_counts_the_labels_of_the_threshold()
    {
        var rows = Calibrated(_ml.BinaryClassification.Calibrators.Platt("Flag").Append(_ml.BinaryClassification.Calibrators.LabelByProbability(0.2f)));
        var expected = rows.GetColumn<float>("Probability").Zip(rows.GetColumn<bool>("Flag"), (probability, flag) => probability > 0.2f == flag).Average(hit => hit ? 1.0 : 0);
        Assert.AreEqual(expected, _ml.BinaryClassification.Evaluate(rows, "Flag").Accuracy, 1e-9);
        foreach (var (score, probability) in rows.GetColumn<float>("Score").Zip(rows.GetColumn<float>("Probability")))
            Assert.AreEqual(Math.Log(probability / (1.0 - probability)) - Math.Log(0.25), score, 1e-5);
    }

    [TestMethod]
    [DataRow(0f)]
    [DataRow(1e-30f)]
    [DataRow(0.5f)]
    [DataRow(0.99999994f)]
    [DataRow(1f)]
    public void The_score_is_above_zero_exactly_where_the_label_is_true(float threshold)
    {
        float[] probabilities = [0, float.Epsilon, 1e-30f, 0.1f, 0.49999997f, 0.5f, 0.50000006f, 0.99999994f, 1, float.NaN];
        var rows = _ml.Data.LoadFromEnumerable(probabilities.Select(probability => new Chance { Probability = probability }));
        var scored = _ml.BinaryClassification.Calibrators.LabelByProbability(threshold).Fit(rows).Transform(rows);
        CollectionAssert.AreEqual(probabilities.Select(probability => probability > threshold).ToArray(), scored.GetColumn<bool>("PredictedLabel").ToArray());
        CollectionAssert.AreEqual(
            scored.GetColumn<bool>("PredictedLabel").ToArray(), scored.GetColumn<float>("Score").Select(score => score > 0).ToArray());
        Assert.IsTrue(scored.GetColumn<float>("Score").SkipLast(1).All(float.IsFinite));
    }

    [TestMethod]
    public void It_works_behind_another_trainer_and_is_saved_with_its_threshold()
    {
        var rows = Noisy();
        var pipeline = _ml.BinaryClassification.Trainers.AveragedPerceptron("Flag").Append(_ml.BinaryClassification.Calibrators.Platt("Flag"))
            .Append(_ml.BinaryClassification.Calibrators.LabelByProbability(0.3f, "Decision"));
        SchemaShapes.AssertEqual(SchemaShapes.Of(pipeline.Fit(rows).Transform(rows).Schema), pipeline.GetOutputSchema(SchemaShapes.Of(rows.Schema)));
        using var file = new MemoryStream();
        _ml.Model.Save(pipeline.Fit(rows), rows.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _).Transform(rows);
        CollectionAssert.AreEqual(
            loaded.GetColumn<float>("Probability").Select(probability => probability > 0.3f).ToArray(), loaded.GetColumn<bool>("Decision").ToArray());
    }

    [TestMethod]
    [DataRow(-0.1f)]
    [DataRow(1.1f)]
    [DataRow(float.NaN)]
    public void A_threshold_that_is_no_probability_is_refused(float threshold)
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.BinaryClassification.Calibrators.LabelByProbability(threshold));
        Assert.Contains("from 0 to 1", error.Message);
    }

    [TestMethod]
    public void A_column_that_is_missing_or_of_another_type_is_named()
    {
        var rows = Noisy();
        foreach (var (column, name) in new[] { ("None", "None"), ("Flag", "Flag") })
        {
            var error = Assert.Throws<ArgumentException>(
                () => _ml.BinaryClassification.Calibrators.LabelByProbability(probabilityColumnName: column).Append(_ml.Transforms.CopyColumns("A", "Flag")).Fit(rows));
            Assert.Contains($"'{name}'", error.Message);
        }
    }

    private static int Contradictions(IDataView scored) =>
        scored.GetColumn<float>("Probability").Zip(scored.GetColumn<bool>("PredictedLabel")).Count(row => row.First > 0.5f != row.Second);

    private IDataView Calibrated(IEstimator<ITransformer> calibration)
    {
        var rows = Noisy();
        var options = SmallNetwork.Options with { LabelColumnName = "Flag", ClassWeights = ClassWeights.Balanced, MaxEpochs = 5 };
        var scored = _ml.BinaryClassification.Trainers.NeuralNetwork(options).Fit(rows).Transform(rows);
        return calibration.Fit(scored).Transform(scored);
    }

    private sealed class Chance
    {
        public float Probability { get; set; }
    }

    // One class in three is true, and features leave much in doubt: balanced weights move the label of many rows.
    private IDataView Noisy()
    {
        var rows = Example.Clusters(300);
        rows.ForEach(row => row.Features = [.. row.Features.Select(feature => feature + (row.Id * 37 % 11 - 5))]);
        return _ml.Data.LoadFromEnumerable(rows);
    }
}
