namespace Microsoft.ML.Regularization.Tests.Reports;

[TestClass]
public sealed class ColumnImportanceTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Columns_matter_as_much_as_they_decide()
    {
        var rows = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(ReportExample.Make(seed: 1)));
        var model = ReportExample.FitBinary(_ml, rows);
        var reader = new ScoreReader(_ml, model.Transform(rows).Schema, "Label");

        var columns = ColumnShuffles.Of(_ml, model, rows, reader, shuffles: 5, new Random(1), default);

        // The label is made of Answer, and what is predicted is not.
        CollectionAssert.AreEqual(new[] { "Much", "Little" }, columns.Take(2).Select(column => column.Name).ToArray());
        Assert.IsFalse(columns.Any(column => column.Name is "Answer" or "Kind" or "Number"));
        Assert.IsGreaterThan(10 * columns[1].Deviation, columns[0].Increase);
        Assert.IsLessThan(columns[1].Increase / 3, columns.Where(column => column.Name == "Noise").Select(column => Math.Abs(column.Increase)).DefaultIfEmpty(0).Single());
    }

    [TestMethod]
    public void A_model_tells_the_same_of_rows_as_they_are()
    {
        var rows = _ml.Data.LoadFromEnumerable(ReportExample.Make(seed: 1));
        var model = ReportExample.FitBinary(_ml, rows);
        var reader = new ScoreReader(_ml, model.Transform(rows).Schema, "Label");
        var expected = ColumnShuffles.Of(_ml, model, _ml.Data.Cache(rows), reader, shuffles: 3, new Random(4), default);
        CollectionAssert.AreEqual(expected.ToArray(), _ml.Regularization().Importance(model, rows, new ImportanceOptions { Shuffles = 3, Seed = 4, MostRows = 1_000_000 }).ToArray());
    }

    [TestMethod]
    public void Rows_and_models_that_do_not_suit_are_refused()
    {
        var rows = _ml.Data.LoadFromEnumerable(ReportExample.Make(seed: 1));
        var model = ReportExample.FitBinary(_ml, rows);
        var empty = _ml.Data.LoadFromEnumerable(Array.Empty<ReportExample.Row>());
        Assert.Contains("no row with a label", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Regularization().Importance(model, empty)).Message);
        Assert.Contains("There is one row", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Regularization().Importance(model, _ml.Data.TakeRows(rows, 1))).Message);
        Assert.Contains("'Much'", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Regularization().Importance(model, _ml.Transforms.DropColumns("Much").Fit(rows).Transform(rows))).Message);
        Assert.Contains("no column 'Nothing'", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Regularization().Importance(model, rows, new ImportanceOptions { LabelColumnName = "Nothing" })).Message);
        Assert.Contains("Shuffles", Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _ml.Regularization().Importance(model, rows, new ImportanceOptions { Shuffles = 1 })).Message);
    }

    /// <summary>Such labels lack a value, as those that are no numbers do.</summary>
    [TestMethod]
    public void Rows_of_infinite_labels_are_left_out()
    {
        var rows = ReportExample.Make(seed: 1);
        var model = ReportExample.Fit(_ml, _ml.Data.LoadFromEnumerable(rows), _ml.Transforms.CopyColumns("Label", "Number"), _ml.Regression.Trainers.NeuralNetwork(ReportExample.Options));
        var (infinite, missing) = (ReportExample.Make(seed: 1), ReportExample.Make(seed: 1));
        for (var row = 0; row < rows.Length; row += 3)
            (infinite[row].Number, missing[row].Number) = (float.NegativeInfinity, float.NaN);
        var expected = _ml.Regularization().Importance(model, _ml.Data.LoadFromEnumerable(missing));
        Assert.IsTrue(expected.All(column => double.IsFinite(column.Increase)));
        CollectionAssert.AreEqual(expected.ToArray(), _ml.Regularization().Importance(model, _ml.Data.LoadFromEnumerable(infinite)).ToArray());
    }

    [TestMethod]
    public void A_shuffled_column_has_the_values_of_other_rows_and_the_others_their_own()
    {
        var rows = ReportExample.Make(seed: 1);
        var order = Enumerable.Range(0, rows.Length).Select(row => (row + 7) % rows.Length).ToArray();
        var shuffled = new ShuffledColumnView(_ml, _ml.Data.Cache(_ml.Data.LoadFromEnumerable(rows)), "Kind", order);

        var read = _ml.Data.CreateEnumerable<ReportExample.Row>(shuffled, reuseRowObject: false).ToList();

        for (var row = 0; row < rows.Length; row++)
            Assert.AreEqual((rows[row].Much, rows[order[row]].Kind), (read[row].Much, read[row].Kind));
    }
}
