using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

[TestClass]
public sealed class MixupTests
{
    private const int ClassCount = 4;

    [TestMethod]
    public void Features_and_labels_are_mixed_with_the_same_lambda()
    {
        var ml = new MLContext(seed: 1);
        var mixed = ml.Data.Augment(LoadRowsWhoseFeaturesTellTheClass(ml), new MixupOptions { Alpha = 1 });

        var features = mixed.GetColumn<float[]>("Features").ToList();
        var labels = mixed.GetColumn<float[]>("Label").ToList();
        Assert.HasCount(200, labels);
        for (var row = 0; row < labels.Count; row++)
        {
            for (var i = 0; i < ClassCount; i++)
                Assert.AreEqual(features[row][i], labels[row][i], 1e-6f);
        }

        // Three partners in four are of another class.
        Assert.IsGreaterThan(100, labels.Count(label => label.Max() < 0.999f));
    }

    [TestMethod]
    public void Held_out_rows_stay_as_they_are()
    {
        var ml = new MLContext(seed: 1);
        var marked = ml.Data.Augment(LoadRowsWhoseFeaturesTellTheClass(ml), new HoldOutOptions { Fraction = 0.25 });
        var mixed = ml.Data.Augment(marked, new MixupOptions { Alpha = 1 });

        var isHeldOut = mixed.GetColumn<bool>(HeldOutMark.ColumnName).ToList();
        var pure = mixed.GetColumn<float[]>("Features").Select(features => features.Max() == 1f).ToList();
        Assert.IsTrue(isHeldOut.Zip(pure).All(row => row.Second || !row.First));
        Assert.IsGreaterThan(75, pure.Count(isPure => !isPure));

        // 200 draws with probability 0.25: 50 with a standard deviation of 6.1.
        Assert.AreEqual(50, isHeldOut.Count(mark => mark), 25);
    }

    [TestMethod]
    public void Weighted_pairs_train_a_linear_trainer()
    {
        var ml = new MLContext(seed: 1);
        var split = ml.Data.TrainTestSplit(Digits.Load(ml), testFraction: 0.5, seed: 1);
        var pipeline = ml.Transforms.Conversion.MapValueToKey("Label")
            .Append(ml.Transforms.NormalizeMinMax("Features"))
            .AppendCacheCheckpoint(ml)
            .Append(ml.Transforms.HoldOut(fraction: 0.1))
            .Append(ml.Transforms.Mixup(alpha: 0.2, labelMode: LabelMode.WeightedPairs))
            .Append(ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(exampleWeightColumnName: "Weight"));

        var model = pipeline.Fit(split.TrainSet);
        var scored = model.Transform(split.TestSet);

        Assert.IsGreaterThan(0.9, ml.MulticlassClassification.Evaluate(scored).MicroAccuracy);
        Assert.HasCount(split.TestSet.GetColumn<float>("Label").Count(), scored.GetColumn<uint>("PredictedLabel"));
        Assert.IsNull(scored.Schema.GetColumnOrNull("Weight"));
        Assert.IsNull(scored.Schema.GetColumnOrNull(HeldOutMark.ColumnName));
    }

    private static IDataView LoadRowsWhoseFeaturesTellTheClass(MLContext ml)
    {
        var rows = Enumerable.Range(0, 200).Select(row =>
        {
            var features = new float[ClassCount];
            features[row % ClassCount] = 1;
            return new Row { Class = row % ClassCount, Features = features };
        });
        return ml.Transforms.Conversion.MapValueToKey("Label", nameof(Row.Class)).Fit(ml.Data.LoadFromEnumerable(rows)).Transform(ml.Data.LoadFromEnumerable(rows));
    }

    private sealed class Row
    {
        public int Class { get; set; }

        [VectorType(ClassCount)]
        public float[] Features { get; set; } = [];
    }
}
