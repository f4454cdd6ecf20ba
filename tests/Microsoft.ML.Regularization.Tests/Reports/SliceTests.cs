namespace Microsoft.ML.Regularization.Tests.Reports;

[TestClass]
public sealed class SliceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Rows_that_are_predicted_worse_are_found_and_others_are_not()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 600).Select(i => new Row { Town = $"town {i % 4}", Age = random.Next(100), IsNew = i % 7 < 3 }).ToArray();
        var labels = rows.Select(_ => (float)random.NextDouble()).ToArray();

        // Town 2 is ten times as far off as the others.
        float[] predictions = [.. labels.Select((label, i) => label + (rows[i].Town == "town 2" ? 1f : 0.1f) * (2 * random.NextSingle() - 1))];
        var scored = new ScoredRows([], labels, predictions, Skipped: 0) { Places = [.. Enumerable.Range(0, rows.Length)] };
        var view = _ml.Data.LoadFromEnumerable(rows);

        var slices = FailingSlice.Of(scored, new[] { "Town", "Age", "IsNew" }.Select(name => SliceColumn.Read(view, name)!));

        var worst = slices.Single();
        Assert.AreEqual("Town is town 2", worst.Name);
        var (own, others) = (Errors(true), Errors(false));
        Assert.AreEqual(own.Length, worst.Rows);
        Assert.AreEqual(Math.Sqrt(own.Average()), worst.Loss, 1e-9);
        Assert.AreEqual(Math.Sqrt(others.Average()), worst.OtherLoss, 1e-9);
        Assert.AreEqual((own.Average() - others.Average()) / Math.Sqrt(Variance(own) / own.Length + Variance(others) / others.Length), worst.Deviations, 1e-6);

        double[] Errors(bool isTown2) => [.. Enumerable.Range(0, rows.Length).Where(i => rows[i].Town == "town 2" == isTown2).Select(scored.Loss)];
    }

    [TestMethod]
    public void Numbers_are_cut_into_quarters_and_missing_ones_left_out()
    {
        var rows = Enumerable.Range(0, 8).Select(i => new Row { Age = i }).Append(new Row { Age = float.NaN });

        var column = SliceColumn.Read(_ml.Data.LoadFromEnumerable(rows), "Age")!;

        CollectionAssert.AreEqual(
            new[] { "Age below 2", "Age below 2", "Age from 2 to below 4", "Age from 2 to below 4", "Age from 4 to below 6", "Age from 4 to below 6", "Age from 6", "Age from 6", null },
            column.Slices);
    }

    private static double Variance(double[] values) => values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1);

    private sealed class Row
    {
        public string Town { get; set; } = "";

        public float Age { get; set; }

        public bool IsNew { get; set; }
    }
}
