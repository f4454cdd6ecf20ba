using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Splitting;

[TestClass]
public sealed class HoldOutGroupsTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("Text")]
    [DataRow("Whole")]
    [DataRow("Long")]
    [DataRow("Real")]
    [DataRow("Double")]
    [DataRow("Key")]
    [DataRow("Bare")]
    [DataRow("Short")]
    [DataRow("Huge")]
    [DataRow("BareShort")]
    [DataRow("BareLong")]
    public void Rows_of_a_group_share_their_fate_wherever_they_stand(string column)
    {
        var rows = Visits(2000);
        var options = new HoldOutOptions { Fraction = 0.3, SamplingKeyColumnName = column, Seed = 7 };
        var fates = FatesOfGroups(rows, options);
        Assert.AreEqual(column is "Key" || column.StartsWith("Bare", StringComparison.Ordinal), View(rows).Schema[column].Type is KeyDataViewType);
        Assert.AreEqual(0.3, fates.Values.Count(isHeldOut => isHeldOut) / (double)fates.Count, 4 * Math.Sqrt(0.21 / fates.Count));

        // Other ids, another order and, in which keys of names are numbered anew, other rows besides.
        var shuffled = Shuffled(rows);
        shuffled.InsertRange(0, Visits(300, firstPatient: 5000));
        var others = FatesOfGroups(shuffled, options);
        foreach (var (patient, isHeldOut) in fates)
            Assert.AreEqual(isHeldOut, others[patient], $"patient {patient}");
    }

    [TestMethod]
    public void Groups_are_drawn_independently_for_every_seed()
    {
        var rows = Visits(4000);
        var first = FatesOfGroups(rows, new HoldOutOptions { Fraction = 0.3, SamplingKeyColumnName = "Text", Seed = 1 });
        var second = FatesOfGroups(rows, new HoldOutOptions { Fraction = 0.3, SamplingKeyColumnName = "Text", Seed = 2 });
        Assert.AreEqual(0.58, first.Count(fate => fate.Value == second[fate.Key]) / (double)first.Count, 4 * Math.Sqrt(0.58 * 0.42 / first.Count));
    }

    [TestMethod]
    [DataRow("Text")]
    [DataRow("Real")]
    [DataRow("Double")]
    [DataRow("Key")]
    [DataRow("Bare")]
    public void Rows_of_no_group_are_each_for_themselves(string column)
    {
        var rows = Visits(2000);
        foreach (var row in rows)
            (row.Text, row.Real, row.Double, row.Bare) = ("", float.NaN, double.NaN, uint.MaxValue);
        foreach (var stratification in new[] { null, "Flag" })
        {
            var marks = Marks(rows, new HoldOutOptions { Fraction = 0.3, SamplingKeyColumnName = column, StratificationColumnName = stratification });
            Assert.AreEqual(0.3, marks.Count(mark => mark) / (double)marks.Count, 4 * Math.Sqrt(0.21 / marks.Count));
            var ungrouped = new HoldOutOptions { Fraction = 0.3, StratificationColumnName = stratification, Stratifies = stratification is not null };
            CollectionAssert.AreEqual(Marks(rows, ungrouped), marks, "as without groups");
        }
    }

    [TestMethod]
    public void Equal_numbers_are_one_group_and_negative_zero_is_zero()
    {
        var rows = Visits(40);
        for (var i = 0; i < rows.Count; i++)
            rows[i].Real = i % 2 == 0 ? 0f : -0f;
        for (var seed = 0; seed < 20; seed++)
            Assert.HasCount(1, Marks(rows, new HoldOutOptions { Fraction = 0.5, SamplingKeyColumnName = "Real", Seed = seed }).Distinct());
    }

    [TestMethod]
    public void A_group_streams_and_nothing_is_learned()
    {
        var read = 0;
        var view = _ml.Data.LoadFromEnumerable(Stream());
        var marked = _ml.Data.Augment(view, new HoldOutOptions { SamplingKeyColumnName = "Text" });
        using var cursor = marked.GetRowCursor(marked.Schema);
        Assert.IsTrue(cursor.MoveNext());
        Assert.IsLessThan(1000, read);

        IEnumerable<Visit> Stream()
        {
            foreach (var row in Visits(5000))
            {
                read++;
                yield return row;
            }
        }
    }

    [TestMethod]
    [DataRow("Text")]
    [DataRow("Key")]
    [DataRow("Whole")]
    public void Each_class_gives_its_exact_share_of_groups(string column)
    {
        var rows = Visits(3000);
        var options = new HoldOutOptions { Fraction = 0.25, SamplingKeyColumnName = column, StratificationColumnName = "Label", Seed = 3 };
        var fates = FatesOfGroups(rows, options);
        var classes = rows.GroupBy(row => row.Patient).ToDictionary(
            visits => visits.Key, visits => visits.GroupBy(visit => visit.Label).OrderByDescending(same => same.Count()).First().Key);
        foreach (var groups in classes.GroupBy(group => group.Value))
        {
            var expected = Math.Clamp((int)Math.Round(0.25 * groups.Count()), 1, groups.Count() - 1);
            Assert.AreEqual(expected, groups.Count(group => fates[group.Key]), $"class {groups.Key}");
        }

        foreach (var (patient, isHeldOut) in FatesOfGroups(Shuffled(rows), options))
            Assert.AreEqual(fates[patient], isHeldOut, $"patient {patient}");
    }

    [TestMethod]
    public void A_group_of_two_classes_equally_often_is_of_one_in_whatever_order()
    {
        // Every group has two rows of two classes, so which one it counts for is a tie.
        var rows = Enumerable.Range(0, 400).Select(i => new Visit { Patient = i / 2, Text = $"p{i / 2}", Label = i % 2 == 0 ? "a" : "b" }).ToList();
        var options = new HoldOutOptions { Fraction = 0.3, SamplingKeyColumnName = "Text", StratificationColumnName = "Label" };
        var fates = FatesOfGroups(rows, options);
        Assert.AreEqual(60, fates.Count(fate => fate.Value));
        CollectionAssert.AreEquivalent(fates.ToList(), FatesOfGroups(Shuffled(rows), options).ToList());
    }

    [TestMethod]
    public void Cursors_in_parallel_tell_the_same()
    {
        foreach (var stratification in new[] { null, "Label" })
        {
            var view = View(Visits(1000));
            var options = new HoldOutOptions { Fraction = 0.3, SamplingKeyColumnName = "Key", StratificationColumnName = stratification };
            var serial = Marks(_ml.Data.Augment(view, options));
            var marked = _ml.Data.Augment(_ml.Data.Cache(view), options);
            CollectionAssert.AreEqual(serial, Marks(marked));
            var (ids, column) = (marked.Schema["Patient"], marked.Schema[HeldOutMark.ColumnName]);

            var cursors = marked.GetRowCursorSet([ids, column], 3);
            var inParallel = new List<bool>[cursors.Length];
            Parallel.For(0, cursors.Length, i => inParallel[i] = Read(cursors[i], column));
            Assert.AreEqual(serial.Count(mark => mark), inParallel.Sum(marks => marks.Count(mark => mark)));
        }
    }

    [TestMethod]
    [DataRow(null)]
    [DataRow("Flag")]
    public void Rows_of_held_out_groups_are_no_partners(string? stratification)
    {
        // Every class is a group. Behind a cache partners are read at any row.
        var view = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Example.Clusters(150)));
        var options = new HoldOutOptions { Fraction = 0.5, SamplingKeyColumnName = "Label", StratificationColumnName = stratification, Seed = 1 };
        var marked = _ml.Data.Augment(view, options);
        var marks = Marks(marked);
        Assert.HasCount(2, marks.Distinct());
        var mixed = _ml.Data.Augment(marked, new MixupOptions { Alpha = 1 }).Read();
        foreach (var row in mixed)
        {
            for (var label = 0; label < Example.ClassCount; label++)
                Assert.IsTrue(row.Label[label] == 0 || marks[label] == marks[row.Source]);
        }
    }

    private static List<bool> Read(DataViewRowCursor cursor, DataViewSchema.Column column)
    {
        using (cursor)
        {
            var getter = cursor.GetGetter<bool>(column);
            var marks = new List<bool>();
            while (cursor.MoveNext())
            {
                var mark = false;
                getter(ref mark);
                marks.Add(mark);
            }

            return marks;
        }
    }

    private static List<bool> Marks(IDataView marked) => [.. marked.GetColumn<bool>(HeldOutMark.ColumnName)];

    private List<bool> Marks(List<Visit> rows, HoldOutOptions options) => Marks(_ml.Data.Augment(View(rows), options));

    private Dictionary<int, bool> FatesOfGroups(List<Visit> rows, HoldOutOptions options)
    {
        var fates = new Dictionary<int, bool>();
        foreach (var (row, mark) in rows.Zip(Marks(rows, options)))
        {
            if (!fates.TryAdd(row.Patient, mark))
                Assert.AreEqual(fates[row.Patient], mark, $"rows of patient {row.Patient}");
        }

        return fates;
    }

    // Keys are numbered by the order in which their names come.
    private IDataView View(List<Visit> rows)
    {
        var view = _ml.Data.LoadFromEnumerable(rows);
        return _ml.Transforms.Conversion.MapValueToKey("Key", "Text")
            .Append(_ml.Transforms.Conversion.ConvertType("BareShort", "Bare", DataKind.UInt16))
            .Append(_ml.Transforms.Conversion.ConvertType("BareLong", "Bare", DataKind.UInt64))
            .Fit(view).Transform(view);
    }

    private static List<Visit> Shuffled(List<Visit> rows)
    {
        var shuffled = rows.ToArray();
        new Random(8).Shuffle(shuffled);
        return [.. shuffled];
    }

    /// <summary>Patients of one to nine rows each, whose rows have mostly one class.</summary>
    private static List<Visit> Visits(int atLeast, int firstPatient = 0)
    {
        var random = new Random(firstPatient + 1);
        var rows = new List<Visit>();
        for (var patient = firstPatient; rows.Count < atLeast; patient++)
        {
            var visits = 2 * random.Next(5) + 1;
            for (var visit = 0; visit < visits; visit++)
            {
                var usual = patient % 10 == 0 ? "ill" : "well";
                rows.Add(new Visit
                {
                    Patient = patient,
                    Text = $"patient {patient}",
                    Whole = patient,
                    Long = -patient,
                    Real = patient / 4f,
                    Double = patient / 8.0,
                    Bare = (uint)patient,
                    Short = (short)-patient,
                    Huge = ulong.MaxValue - (ulong)patient,
                    Label = visit < visits / 2 ? "other" : usual,
                    Flag = patient % 3 == 0,
                });
            }
        }

        return rows;
    }

    private sealed class Visit
    {
        public int Patient { get; set; }

        public string Text { get; set; } = "";

        public int Whole { get; set; }

        public long Long { get; set; }

        public float Real { get; set; }

        public double Double { get; set; }

        [KeyType(10_000)]
        public uint Bare { get; set; }

        public short Short { get; set; }

        public ulong Huge { get; set; }

        public string Label { get; set; } = "";

        public bool Flag { get; set; }
    }
}
