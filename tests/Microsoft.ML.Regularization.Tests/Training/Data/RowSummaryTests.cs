using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class RowSummaryTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Classes_are_counted_by_rows_and_by_mass()
    {
        var hard = RowSummary.Of(TableRows.Read(
            new TableRows.HardRow { Features = [1, 2], Label = 2, Weight = 0.5f },
            new TableRows.HardRow { Features = [3, 4], Label = 2, Weight = 2 },
            new TableRows.HardRow { Features = [3, 4], Label = 0, Weight = 0 }));
        Assert.AreEqual((3L, 2.5, 2.5 / 3), (hard.Count, hard.WeightSum, hard.MeanWeight));
        CollectionAssert.AreEqual(new double[] { 1, 0, 2 }, hard.Classes.Rows);
        CollectionAssert.AreEqual(new[] { 0, 0, 2.5 }, hard.Classes.Masses);

        var soft = RowSummary.Of(TableRows.Read(
            new TableRows.SoftRow { Features = [1, 2], Label = [0.25f, 0.75f, 0], Weight = 2 },
            new TableRows.SoftRow { Features = [3, 4], Label = [0.5f, 0, 0.5f] }));
        CollectionAssert.AreEqual(new[] { 0.75, 0.75, 0.5 }, soft.Classes.Rows);
        CollectionAssert.AreEqual(new[] { 1, 1.5, 0.5 }, soft.Classes.Masses);
    }

    [TestMethod]
    public void Targets_have_the_mean_and_deviation_of_two_passes()
    {
        // Large numbers that differ little, the first of no weight.
        var rows = Enumerable.Range(0, 500).Select(i => new TargetRow { Features = [1], Label = 1e6f + i % 11, Weight = i % 4 }).ToList();
        var mean = rows.Sum(row => (double)row.Weight * row.Label) / rows.Sum(row => row.Weight);
        var variance = rows.Sum(row => row.Weight * Math.Pow(row.Label - mean, 2)) / rows.Sum(row => row.Weight);
        var scale = Summary(rows).TargetScale;
        Assert.AreEqual(mean, scale.Mean, 1e-6);
        Assert.AreEqual(Math.Sqrt(variance), scale.Deviation, 1e-7);
    }

    [TestMethod]
    public void Equal_targets_have_no_deviation_at_all() =>
        Assert.AreEqual(new TargetScale(0.1f, 0), Summary([.. Enumerable.Range(0, 100).Select(i => new TargetRow { Features = [1], Label = 0.1f, Weight = 0.3f * i })]).TargetScale);

    private RowSummary Summary(List<TargetRow> rows)
    {
        var view = _ml.Data.LoadFromEnumerable(rows);
        var columns = new TrainingColumns(_ml, view.Schema, LearningTask.Regression, InputRequests.Of("Features"), "Label", "Weight");
        var summary = new RowSummary(targetSize: 1);
        using var reader = new RowReader(_ml, view, columns);
        while (reader.MoveNext())
            summary.Add(reader);
        return summary;
    }

    private sealed class TargetRow
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }

        public float Weight { get; set; }
    }
}
