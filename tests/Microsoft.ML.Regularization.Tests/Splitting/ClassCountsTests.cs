using Microsoft.ML.Regularization.Tests.Trainers;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Splitting;

/// <summary>Soft labels count by their probabilities, and what smoothing gives every row shows no class.</summary>
[TestClass]
public sealed class ClassCountsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Smoothed_labels_show_the_classes_of_hard_ones()
    {
        var counts = new ClassCounts(4);
        foreach (var label in new[] { 0, 0, 2, 0 })
        {
            float[] smoothed = [0.025f, 0.025f, 0.025f, 0.025f];
            smoothed[label] += 0.9f;
            counts.Add(smoothed, 2);
        }

        CollectionAssert.AreEqual(new[] { true, false, true, false }, Enumerable.Range(0, 4).Select(counts.Has).ToList());
        Assert.AreEqual(2.8, counts.Rows[0], 1e-6);
        Assert.AreEqual(0.2, counts.Masses[1], 1e-6);
        Assert.AreEqual(0, counts.ShownMasses()[1]);
    }

    [TestMethod]
    public void Of_two_classes_the_lesser_one_shows_by_its_changes()
    {
        var mixed = new ClassCounts(2);
        mixed.Add([0.95f, 0.05f], 1);
        Assert.AreEqual(1, mixed.Shown, "one class, smoothed");
        mixed.Add([0.8f, 0.2f], 1);
        Assert.AreEqual(2, mixed.Shown, "a second one, mixed in");
        Assert.IsTrue(mixed.Leads(0) && !mixed.Leads(1));
    }

    [TestMethod]
    public void Rows_without_weight_show_nothing()
    {
        var counts = new ClassCounts(3);
        counts.Add(0, 1);
        counts.Add(1, 0);
        counts.Add([0.1f, 0.1f, 0.8f], 0);
        Assert.AreEqual(1, counts.Shown);
    }

    [TestMethod]
    public void One_class_is_refused_however_its_labels_are_softened()
    {
        var rows = Example.Clusters(30);
        rows.ForEach(row => (row.Label, row.Flag) = (1, true));
        var view = _ml.Data.LoadFromEnumerable(rows);
        foreach (var softening in new[] { _ml.Transforms.LabelSmoothing(), _ml.Transforms.Mixup(alpha: 1) })
        {
            var error = Assert.Throws<InvalidOperationException>(
                () => softening.Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options)).Fit(view));
            Assert.Contains("all 30 training rows are of class 2", error.Message);
        }

        var flags = _ml.Transforms.LabelSmoothing("Flag").Append(_ml.BinaryClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { LabelColumnName = "Flag" }));
        Assert.Contains("are of class 'True'", Assert.Throws<InvalidOperationException>(() => flags.Fit(view)).Message);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Held_out_rows_are_asked_only_for_classes_that_training_rows_show(bool smooths)
    {
        // Nobody has class 2, though behind smoothing every row has a share of it.
        var log = new LogRecorder(_ml);
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(90).Where(row => row.Label != 2));
        var softening = smooths ? _ml.Transforms.LabelSmoothing(smoothing: 0.2) : _ml.Transforms.Mixup(alpha: 1);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { ClassWeights = ClassWeights.Balanced, MaxEpochs = 30 });
        var model = _ml.Transforms.HoldOut(0.2).Append(softening).Append(trainer).Fit(view);
        Assert.Contains("no training row is of class 3", log.Warnings.Single(warning => warning.Contains("rows is of class") || warning.Contains("row is of class")));

        // Were its share by smoothing weighed up to that of a class, a third of the probability would be its.
        Assert.IsLessThan(0.05, Scores(model.Transform(view)).Average(score => score[2]));
    }

    [TestMethod]
    public void Weights_by_class_leave_out_what_smoothing_gave()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(90).Where(row => row.Label != 2));
        var smoothed = _ml.Data.Augment(view, new LabelSmoothingOptions());
        var weights = Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float>(_ml.Data.Augment(smoothed, new ClassWeightsOptions { ExampleWeightColumnName = "ClassWeight" }), "ClassWeight").ToList();

        // Two classes of 30 rows each, which weigh alike; the third has no weight to give but 1.
        foreach (var weight in weights)
            Assert.AreEqual(weights[0], weight, 1e-5);
    }
}
