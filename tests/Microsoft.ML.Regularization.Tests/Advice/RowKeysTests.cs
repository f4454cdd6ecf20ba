namespace Microsoft.ML.Regularization.Tests.Advice;

[TestClass]
public sealed class RowKeysTests
{
    private readonly MLContext _ml = new(seed: 1);

    /// <summary>Equal rows have equal keys wherever they stand, and a change in any column is another key.</summary>
    [TestMethod]
    public void Keys_tell_rows_apart_by_every_column()
    {
        var moment = new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var row = new Row { Number = 1, Text = "a", Moment = moment, Offset = moment, Vector = [1, 2] };
        Row[] rows =
        [
            row, row with { Number = 2 }, row with { Text = "b" }, row with { Moment = moment.AddTicks(1) }, row with { Offset = row.Offset.AddTicks(1) }, row with { Vector = [2, 1] },
            row with { Offset = row.Offset.ToOffset(TimeSpan.FromHours(2)) }, row with { Vector = [1, 2] },
        ];
        var view = _ml.Data.LoadFromEnumerable(rows);

        var keys = RowKeys.Of(view, [.. view.Schema.Select(column => column.Name)], default).ToList();

        Assert.AreEqual(6, keys.Take(6).Distinct().Count());
        Assert.AreEqual(keys[0], keys[6]);
        Assert.AreEqual(keys[0], keys[7]);
    }

    private sealed record Row
    {
        public float Number { get; set; }

        public string Text { get; set; } = "";

        public DateTime Moment { get; set; }

        public DateTimeOffset Offset { get; set; }

        [Data.VectorType(2)]
        public float[] Vector { get; set; } = [];
    }
}
