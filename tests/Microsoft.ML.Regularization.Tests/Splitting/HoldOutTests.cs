using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Splitting;

[TestClass]
public sealed class HoldOutTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(0.05)]
    [DataRow(0.15)]
    [DataRow(0.5)]
    public void The_fraction_is_met_on_average(double fraction)
    {
        const int rows = 20_000;
        var marks = Marks(_ml.Data.LoadFromEnumerable(Example.Clusters(rows)), new HoldOutOptions { Fraction = fraction });
        Assert.AreEqual(fraction, marks.Count(mark => mark) / (double)rows, 4 * Math.Sqrt(fraction * (1 - fraction) / rows));
    }

    [TestMethod]
    public void A_row_keeps_its_fate_in_every_pass_and_behind_a_cache()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(500));
        var marked = _ml.Data.Augment(view, new HoldOutOptions { Fraction = 0.3 });
        var fates = Fates(marked, rand: null);
        CollectionAssert.AreEquivalent(fates, Fates(marked, new Random(1)));
        CollectionAssert.AreEquivalent(fates, Fates(marked, new Random(2)));
        CollectionAssert.AreEquivalent(fates, Fates(_ml.Data.Augment(_ml.Data.Cache(view), new HoldOutOptions { Fraction = 0.3 }), new Random(3)));
    }

    [TestMethod]
    public void Seeds_decide_the_choice()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(500));
        var first = Marks(view, new HoldOutOptions { Fraction = 0.3, Seed = 1 });
        CollectionAssert.AreEqual(first, Marks(view, new HoldOutOptions { Fraction = 0.3, Seed = 1 }));
        var second = Marks(view, new HoldOutOptions { Fraction = 0.3, Seed = 2 });
        // Two independent choices agree on 0.3^2 + 0.7^2 of the rows.
        Assert.AreEqual(0.58, first.Zip(second, (a, b) => a == b).Count(agree => agree) / 500.0, 0.08);
    }

    [TestMethod]
    public void The_column_exists_only_while_fitting()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(50));
        var holdOut = _ml.Transforms.HoldOut(0.2);
        Assert.IsTrue(holdOut.GetOutputSchema(SchemaShapes.Of(view.Schema)).Any(column => column.Name == HeldOutMark.ColumnName));
        Assert.IsNull(holdOut.Fit(view).Transform(view).Schema.GetColumnOrNull(HeldOutMark.ColumnName));
    }

    [TestMethod]
    public void A_cached_source_stays_readable_at_any_row()
    {
        // Mixup finds uniform partners behind HoldOut: the marked view passes the cache's random access on.
        var cached = _ml.Data.Augment(_ml.Data.Cache(_ml.Data.LoadFromEnumerable(Example.Clusters(300))), new HoldOutOptions { Fraction = 0.2 });
        var mixed = _ml.Data.Augment(cached, new MixupOptions { Alpha = 1 });
        Assert.IsGreaterThan(1, mixed.GetRowCursorSet(mixed.Schema, 2).Length);
        CollectionAssert.AreEquivalent(mixed.Read(), mixed.ReadInParallel(2));
    }

    private List<bool> Marks(IDataView view, HoldOutOptions options) => [.. _ml.Data.Augment(view, options).GetColumn<bool>(HeldOutMark.ColumnName)];

    private static List<(int, bool)> Fates(IDataView marked, Random? rand)
    {
        using var cursor = marked.GetRowCursor(marked.Schema, rand);
        var id = cursor.GetGetter<int>(marked.Schema["Id"]);
        var mark = cursor.GetGetter<bool>(marked.Schema[HeldOutMark.ColumnName]);
        var fates = new List<(int, bool)>();
        while (cursor.MoveNext())
        {
            var (row, isHeldOut) = (0, false);
            id(ref row);
            mark(ref isHeldOut);
            fates.Add((row, isHeldOut));
        }

        return fates;
    }
}
