namespace Microsoft.ML.Regularization.Tests.Reports;

[TestClass]
public sealed class PartialDependenceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Of_a_sum_it_is_the_columns_own_term_and_the_mean_of_the_others()
    {
        var rows = ReportExample.Make(seed: 3);
        var view = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(rows));
        var model = _ml.Transforms.CustomMapping<ReportExample.Row, Sum>((row, sum) => sum.Score = 3 * row.Much + row.Little * row.Little, contractName: null).Fit(view);
        var reader = new ScoreReader(_ml, model.Transform(view).Schema, "Number");

        var dependence = PartialDependence.Of(_ml, model, view, reader, "Much", reader.ReadLabels(model.Transform(view), default), default)!;

        Assert.HasCount(12, dependence.Points);
        var rest = rows.Average(row => (double)row.Little * row.Little);
        foreach (var (value, prediction) in dependence.Points)
            Assert.AreEqual(3 * value + rest, prediction.Single(), 1e-5);
        Assert.IsTrue(dependence.Points.Zip(dependence.Points.Skip(1)).All(pair => pair.First.Value < pair.Second.Value));
    }

    [TestMethod]
    public void A_column_of_one_value_has_none()
    {
        var view = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(ReportExample.Make(seed: 3).Select(row => new ReportExample.Row { Much = 1, Little = row.Little, Number = row.Number })));
        var model = _ml.Transforms.CopyColumns("Score", "Little").Fit(view);
        var reader = new ScoreReader(_ml, model.Transform(view).Schema, "Number");

        Assert.IsNull(PartialDependence.Of(_ml, model, view, reader, "Much", reader.ReadLabels(model.Transform(view), default), default));
    }

    private sealed class Sum
    {
        public float Score { get; set; }
    }
}
