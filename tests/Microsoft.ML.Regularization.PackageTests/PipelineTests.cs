using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.PackageTests;

[TestClass]
public sealed class PipelineTests
{
    [TestMethod]
    public void A_model_trained_with_the_package_predicts_alike_after_loading_in_a_fresh_context()
    {
        var ml = new MLContext(seed: 1);
        var data = ml.Data.LoadFromTextFile<Digit>(Path.Combine(AppContext.BaseDirectory, "Data", "digits.csv"), separatorChar: ',', hasHeader: true);
        var split = ml.Data.TrainTestSplit(data, testFraction: 0.2, seed: 1);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .AppendCacheCheckpoint(ml)
            .Append(ml.Transforms.HoldOut(fraction: 0.15))
            .Append(ml.Transforms.Mixup("Features", "Label", alpha: 0.2))
            .Append(ml.MulticlassClassification.Trainers.NeuralNetwork(architecture: NetworkArchitecture.Mlp(64), maxEpochs: 20))
            .Append(ml.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        var model = pipeline.Fit(split.TrainSet);
        using var file = new MemoryStream();
        ml.Model.Save(model, split.TrainSet.Schema, file);
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out _);

        var scored = model.Transform(split.TestSet);
        Assert.IsGreaterThan(0.9, ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
        var expected = Predictions(ml, scored);
        AssertEqual(expected, Predictions(fresh, loaded.Transform(split.TestSet)));
        using var engine = fresh.Model.CreatePredictionEngine<Digit, Prediction>(loaded);
        AssertEqual(expected, [.. fresh.Data.CreateEnumerable<Digit>(split.TestSet, reuseRowObject: false).Select(digit => engine.Predict(digit))]);
    }

    private static List<Prediction> Predictions(MLContext ml, IDataView scored) => [.. ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false)];

    private static void AssertEqual(List<Prediction> expected, List<Prediction> actual)
    {
        Assert.HasCount(expected.Count, actual);
        for (var row = 0; row < expected.Count; row++)
        {
            Assert.AreEqual(expected[row].PredictedLabel, actual[row].PredictedLabel);
            CollectionAssert.AreEqual(expected[row].Score, actual[row].Score);
        }
    }

    private sealed class Digit
    {
        [LoadColumn(0)]
        public float Label { get; set; }

        [LoadColumn(1, 64), VectorType(64)]
        public float[] Features { get; set; } = [];
    }

    private sealed class Prediction
    {
        public float PredictedLabel { get; set; }

        public float[] Score { get; set; } = [];
    }
}
