using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Splitting;

/// <summary>How rows are held out by default: by the label where it is of classes.</summary>
[TestClass]
public sealed class StratificationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(3, 0.2, 60)]
    [DataRow(2, 0.1, 20)]
    [DataRow(5, 0.5, 200)]
    public void Many_small_classes_leave_the_share_right(int rowsOfClass, double share, int expected)
    {
        var strata = new Stratification(share, label => new KeyedStream(RandomKey.FromSeed(1), label).NextDouble(), prunes: true);
        for (var row = 0; row < 100 * rowsOfClass; row++)
            strata.Add((ulong)row % 100, Draw(row), new DataViewRowId((ulong)row, 0));
        var rows = strata.Rows(strata.Thresholds()!);
        var heldOut = Enumerable.Range(0, 100 * rowsOfClass).Where(row => rows.Contains(new DataViewRowId((ulong)row, 0), Draw(row))).ToList();
        Assert.AreEqual(expected, heldOut.Count);
        Assert.IsTrue(heldOut.GroupBy(row => row % 100).All(same => same.Count() < rowsOfClass));
    }

    [TestMethod]
    public void A_class_of_one_row_is_trained_on()
    {
        foreach (var seed in Enumerable.Range(0, 20))
        {
            var rows = Example.Clusters(40);
            rows.ForEach(row => row.Label = row.Id == 7 ? 2 : row.Label % 2);
            Assert.IsFalse(Marks(_ml.Data.LoadFromEnumerable(rows), new HoldOutOptions { Fraction = 0.4, Seed = seed })[7]);
        }
    }

    [TestMethod]
    [DataRow("Label")]
    [DataRow("Flag")]
    [DataRow("Name")]
    [DataRow("Soft")]
    public void The_label_is_what_rows_are_held_out_by(string column)
    {
        var source = _ml.Data.LoadFromEnumerable(Example.Clusters(300));
        var view = column == "Label" ? source : _ml.Transforms.CopyColumns("Label", column).Fit(source).Transform(source);
        var marks = Marks(view, new HoldOutOptions { Fraction = 0.1 });
        foreach (var same in Example.Clusters(300).Zip(marks).GroupBy(row => column == "Flag" ? (row.First.Flag ? 1u : 0) : row.First.Label))
            Assert.AreEqual(same.Count() / 10, same.Count(row => row.Second));
        CollectionAssert.AreNotEqual(marks, Marks(view, new HoldOutOptions { Fraction = 0.1, Stratifies = false }));
    }

    [TestMethod]
    public void Numbers_and_groups_are_held_out_as_they_come()
    {
        var source = _ml.Data.LoadFromEnumerable(Example.Clusters(300));
        var numbers = _ml.Transforms.CopyColumns("Label", "Target").Fit(source).Transform(source);
        foreach (var options in new[] { new HoldOutOptions(), new HoldOutOptions { SamplingKeyColumnName = "Id" } })
            CollectionAssert.AreEqual(Marks(numbers, options with { Stratifies = false }), Marks(numbers, options));
        CollectionAssert.AreEqual(
            Marks(source, new HoldOutOptions { SamplingKeyColumnName = "Id", Stratifies = false }), Marks(source, new HoldOutOptions { SamplingKeyColumnName = "Id" }));
    }

    [TestMethod]
    public void Rows_keep_their_fate_when_their_labels_are_drawn_anew()
    {
        var mixed = _ml.Data.Augment(_ml.Data.LoadFromEnumerable(Example.Clusters(200)), new MixupOptions { Alpha = 1 });
        var marked = _ml.Data.Augment(mixed, new HoldOutOptions { Fraction = 0.3 });
        var fates = Fates(marked, new Random(1));
        CollectionAssert.AreEqual(fates, Fates(marked, new Random(2)));
        Assert.AreEqual(60, fates.Count(isHeldOut => isHeldOut), 2);
    }

    private static double Draw(int row) => new KeyedStream(RandomKey.FromSeed(9), (ulong)row).NextDouble();

    private List<bool> Marks(IDataView view, HoldOutOptions options) => Fates(_ml.Data.Augment(view, options), rand: null);

    private static List<bool> Fates(IDataView marked, Random? rand)
    {
        var column = marked.Schema[HeldOutMark.ColumnName];
        using var cursor = marked.GetRowCursor([column], rand);
        var (getter, idGetter) = (cursor.GetGetter<bool>(column), cursor.GetIdGetter());
        var fates = new SortedDictionary<ulong, bool>();
        while (cursor.MoveNext())
        {
            var isHeldOut = false;
            DataViewRowId id = default;
            getter(ref isHeldOut);
            idGetter(ref id);
            fates[id.Low] = isHeldOut;
        }

        return [.. fates.Values];
    }
}
