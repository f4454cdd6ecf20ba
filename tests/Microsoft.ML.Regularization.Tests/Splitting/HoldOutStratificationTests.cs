using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Splitting;

[TestClass]
public sealed class HoldOutStratificationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("Key", 0.1)]
    [DataRow("Key", 0.73)]
    [DataRow("Name", 0.1)]
    [DataRow("Flag", 0.02)]
    [DataRow("Label", 0.999)]
    public void Every_class_gives_its_exact_share(string column, double fraction)
    {
        var rows = Imbalanced(5000);
        var marks = Marks(rows, new HoldOutOptions { Fraction = fraction, StratificationColumnName = column, Seed = 4 });
        foreach (var same in rows.Zip(marks).GroupBy(pair => column switch
        {
            "Flag" => pair.First.Flag.ToString(),
            "Label" => pair.First.Label.ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => pair.First.Name,
        }))
        {
            var expected = same.Count() == 1 ? 0 : Math.Clamp((int)Math.Round(fraction * same.Count()), 1, same.Count() - 1);
            Assert.AreEqual(expected, same.Count(pair => pair.Second), $"{same.Key}: {same.Count()} rows");
        }
    }

    [TestMethod]
    public void Rows_without_a_class_are_one_of_their_own()
    {
        var rows = Imbalanced(600);
        for (var i = 0; i < 200; i++)
            (rows[3 * i].Name, rows[3 * i].Label) = ("", Example.ClassCount);
        foreach (var column in new[] { "Name", "Label" })
        {
            var marks = Marks(rows, new HoldOutOptions { Fraction = 0.2, StratificationColumnName = column });
            Assert.AreEqual(40, rows.Zip(marks).Count(pair => pair.First.Name.Length == 0 && pair.Second));
        }
    }

    [TestMethod]
    public void Every_row_of_a_class_is_as_likely_as_another()
    {
        const int seeds = 300;
        var rows = Imbalanced(200);
        var counts = new int[rows.Count];
        for (var seed = 0; seed < seeds; seed++)
        {
            var marks = Marks(rows, new HoldOutOptions { Fraction = 0.2, StratificationColumnName = "Name", Seed = seed });
            for (var i = 0; i < counts.Length; i++)
                counts[i] += marks[i] ? 1 : 0;
        }

        foreach (var same in rows.Zip(counts).GroupBy(pair => pair.First.Name).Where(same => same.Count() > 20))
        {
            // A share without replacement varies by 1 - share of its mean.
            var mean = same.Average(pair => pair.Second);
            var chiSquare = same.Sum(pair => Math.Pow(pair.Second - mean, 2)) / (mean * 0.8);
            var freedom = same.Count() - 1;
            Assert.AreEqual(freedom, chiSquare, 4 * Math.Sqrt(2.0 * freedom), same.Key);
        }
    }

    [TestMethod]
    public void Classes_are_read_once_for_all_cursors_and_only_where_marks_are_asked_for()
    {
        var reads = 0;
        var view = _ml.Data.LoadFromEnumerable(Stream());
        var marked = _ml.Data.Augment(view, new HoldOutOptions { Fraction = 0.1, StratificationColumnName = "Name" });
        _ = marked.GetColumn<int>("Id").Count();
        Assert.AreEqual(1, reads);
        for (var pass = 0; pass < 3; pass++)
            Assert.AreEqual(30, marked.GetColumn<bool>(HeldOutMark.ColumnName).Count(mark => mark));
        Assert.AreEqual(1 + 3 + 1, reads);

        IEnumerable<Example> Stream()
        {
            reads++;
            foreach (var row in Example.Clusters(300))
                yield return row;
        }
    }

    [TestMethod]
    public void Orders_in_which_rows_are_read_do_not_matter()
    {
        var view = _ml.Data.Cache(_ml.Data.LoadFromEnumerable(Imbalanced(500)));
        var marked = _ml.Data.Augment(view, new HoldOutOptions { Fraction = 0.3, StratificationColumnName = "Name" });
        var fates = Fates(marked, rand: null);
        var shuffled = Fates(marked, new Random(5));
        CollectionAssert.AreNotEqual(fates, shuffled);
        CollectionAssert.AreEquivalent(fates, shuffled);
    }

    [TestMethod]
    public void The_neural_trainer_validates_on_every_class_of_a_rare_one()
    {
        // By chance alone, one in three such choices would leave the rare class of ten rows out.
        var rows = Example.Clusters(300).Where(row => row.Label != 2 || row.Id < 30).ToList();
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(4),
            Recipe = RegularizationRecipe.None,
            MaxEpochs = 1,
        });
        var log = new LogRecorder(_ml);
        for (var seed = 0; seed < 5; seed++)
            _ml.Transforms.HoldOut(0.1, stratificationColumnName: "Label", seed: seed).Append(trainer).Fit(_ml.Data.LoadFromEnumerable(rows));
        Assert.IsEmpty(log.Warnings);
    }

    [TestMethod]
    public void Behind_a_mixture_a_warning_says_that_validation_rows_are_changed()
    {
        var log = new LogRecorder(_ml);
        _ml.Transforms.Mixup().Append(_ml.Transforms.HoldOut(0.2, stratificationColumnName: "Name"))
            .Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(architecture: NetworkArchitecture.Mlp(4), recipe: RegularizationRecipe.None, maxEpochs: 1))
            .Fit(_ml.Data.LoadFromEnumerable(Example.Clusters(90)));
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("HoldOut stands behind Mixup")));
    }

    private static List<(int, bool)> Fates(IDataView marked, Random? rand)
    {
        using var cursor = marked.GetRowCursor(marked.Schema, rand);
        var idGetter = cursor.GetGetter<int>(marked.Schema["Id"]);
        var markGetter = cursor.GetGetter<bool>(marked.Schema[HeldOutMark.ColumnName]);
        var fates = new List<(int, bool)>();
        while (cursor.MoveNext())
        {
            var (id, mark) = (0, false);
            idGetter(ref id);
            markGetter(ref mark);
            fates.Add((id, mark));
        }

        return fates;
    }

    private List<bool> Marks(List<Example> rows, HoldOutOptions options)
    {
        var view = _ml.Data.LoadFromEnumerable(rows);
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(view).Transform(view);
        return [.. _ml.Data.Augment(keyed, options).GetColumn<bool>(HeldOutMark.ColumnName)];
    }

    /// <summary>Classes of one, two and many rows.</summary>
    private static List<Example> Imbalanced(int count)
    {
        var rows = Example.Clusters(count);
        foreach (var row in rows)
        {
            row.Label = row.Id switch { 17 => 2, 40 or 90 => 1, _ => 0 };
            row.Name = row.Label == 0 && row.Id % 7 == 0 ? "class 3" : "class " + row.Label;
            if (row.Name == "class 3")
                row.Label = 0;
            row.Flag = row.Id % 50 == 0;
        }

        return rows;
    }
}
