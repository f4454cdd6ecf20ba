namespace Microsoft.ML.Regularization.Tests.Reports;

/// <summary>What a report measures, against counting.</summary>
[TestClass]
public sealed class MeasureTests
{
    private static readonly string[] FalseAndTrue = ["false", "true"];

    [TestMethod]
    public void The_area_under_the_roc_curve_is_the_share_of_pairs_in_order()
    {
        var rows = Binary(count: 300, seed: 1);
        var (pairs, inOrder) = (0, 0.0);
        for (var i = 0; i < rows.Count; i++)
        {
            for (var j = 0; j < rows.Count; j++)
            {
                if (rows.Class(i) != 1 || rows.Class(j) != 0)
                    continue;
                pairs++;
                var (a, b) = (rows.Probabilities(i)[1], rows.Probabilities(j)[1]);
                inOrder += a > b ? 1 : a == b ? 0.5 : 0;
            }
        }

        Assert.AreEqual(inOrder / pairs, BinaryCurve.Of(rows).AreaUnderRoc, 1e-12);
    }

    [TestMethod]
    public void A_threshold_takes_the_rows_that_are_at_least_so_probable()
    {
        var rows = Binary(count: 200, seed: 2);
        var curve = BinaryCurve.Of(rows);

        Assert.AreEqual(200, curve.Rows);
        Assert.AreEqual(rows.Labels.Sum(), curve.Trues);
        foreach (var threshold in new[] { 0, 0.1, 0.35, 0.5, 0.8, 0.99, 1 })
        {
            var taken = Enumerable.Range(0, rows.Count).Where(row => rows.Probabilities(row)[1] >= threshold).ToList();
            var point = curve.At(threshold);
            Assert.AreEqual((taken.Count(row => rows.Class(row) == 1), taken.Count), (point.Hits, point.Alarms), $"{threshold}");
        }
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(1, 10)]
    [DataRow(25, 1)]
    public void The_cheapest_threshold_costs_the_least_of_all(double falseAlarm, double miss)
    {
        var rows = Binary(count: 150, seed: 3);
        var costs = rows.Predictions.Where((_, i) => i % 2 == 1).Append(float.PositiveInfinity).Distinct().Select(threshold => Enumerable.Range(0, rows.Count).Sum(row =>
            (rows.Probabilities(row)[1] >= threshold, rows.Class(row)) switch { (true, 0) => falseAlarm, (false, 1) => miss, _ => 0 }));
        var curve = BinaryCurve.Of(rows);
        var cheapest = curve.Cheapest(falseAlarm, miss);

        Assert.AreEqual(costs.Min(), cheapest.FalseAlarms * falseAlarm + (curve.Trues - cheapest.Hits) * miss, 1e-9);
    }

    [TestMethod]
    public void Bins_compare_what_was_predicted_with_what_came_true()
    {
        // Two rows of 0.2 and 0.25, one of which is true; three of 0.9, all true; one of 1.
        var rows = Binary([0.2f, 0.25f, 0.9f, 0.9f, 0.9f, 1], [0, 1, 1, 1, 1, 1]);

        var reliability = Reliability.Of(rows);

        Assert.HasCount(2, reliability.Bins);
        Assert.AreEqual((2, 0.5), (reliability.Bins[0].Rows, reliability.Bins[0].Frequency));
        Assert.AreEqual(0.225, reliability.Bins[0].Confidence, 1e-6);
        Assert.AreEqual((4, 1.0), (reliability.Bins[1].Rows, reliability.Bins[1].Frequency));
        Assert.AreEqual((2 * Math.Abs(0.225 - 0.5) + 4 * Math.Abs(0.925 - 1)) / 6, reliability.CalibrationError, 1e-6);
    }

    [TestMethod]
    public void Of_more_classes_the_predicted_one_is_compared()
    {
        var rows = new ScoredRows(["a", "b", "c"], [0, 1, 2], [0.7f, 0.2f, 0.1f, 0.75f, 0.15f, 0.1f, 0.1f, 0.2f, 0.7f], Skipped: 0);

        var reliability = Reliability.Of(rows);
        var confusion = ConfusionMatrix.Of(rows);

        Assert.AreEqual((3, 2.0 / 3), (reliability.Bins.Single().Rows, reliability.Bins.Single().Frequency));
        CollectionAssert.AreEqual(new[] { 1, 0, 0, 1, 0, 0, 0, 0, 1 }, confusion.Counts.Cast<int>().ToArray());
        Assert.AreEqual(1.0 / 3, confusion.Error, 1e-12);
        var pair = confusion.MostConfused(5).Single();
        Assert.AreEqual("1 0 1", $"{pair.Class} {pair.Predicted} {pair.Rows}");
        Assert.AreEqual("1 2", $"{confusion.RowsOf(1)} {confusion.Predicted(0)}");
    }

    [TestMethod]
    public void Losses_are_those_of_their_formulas()
    {
        var classes = Binary([0.2f, 0.9f], [1, 1]);
        var numbers = new ScoredRows([], [1, 2, 3], [1.5f, 2, 1], Skipped: 0);

        Assert.AreEqual(-(Math.Log(0.2) + Math.Log(0.9)) / 2, classes.MeanLoss(), 1e-6);
        Assert.AreEqual(Math.Sqrt((0.25 + 0 + 4) / 3), numbers.MeanLoss(), 1e-6);
    }

    // Probabilities in steps, so that some are equal.
    internal static ScoredRows Binary(int count, int seed)
    {
        var random = new Random(seed);
        var probabilities = Enumerable.Range(0, count).Select(_ => random.Next(41) / 40f).ToArray();
        return Binary(probabilities, [.. probabilities.Select(probability => random.NextDouble() < 0.2 + 0.6 * probability ? 1f : 0)]);
    }

    private static ScoredRows Binary(float[] probabilities, float[] labels) =>
        new(FalseAndTrue, labels, [.. probabilities.SelectMany(probability => new[] { 1 - probability, probability })], Skipped: 0) { IsBinary = true };
}
