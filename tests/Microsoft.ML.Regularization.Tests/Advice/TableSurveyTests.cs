using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Tests.Advice;

/// <summary>What is planted in a table is seen in it.</summary>
[TestClass]
public sealed class TableSurveyTests
{
    private static readonly string[] Columns =
        [nameof(PlantedRow.Number), nameof(PlantedRow.Customer), nameof(PlantedRow.Town), nameof(PlantedRow.Age), nameof(PlantedRow.Income), nameof(PlantedRow.Plan), nameof(PlantedRow.Currency), nameof(PlantedRow.Closed), nameof(PlantedRow.Comment), nameof(PlantedRow.Since)];

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Each_kind_of_column_is_seen()
    {
        var rows = PlantedRow.Make();
        var table = See([.. Columns, nameof(PlantedRow.Answer)], nameof(PlantedRow.Answer), rows);

        Assert.AreEqual("Number", Names(table, column => column.IsId));
        Assert.AreEqual("Customer", Names(table, column => column.IsGroup));
        Assert.AreEqual("Currency", Names(table, column => column.IsConstant));
        Assert.AreEqual("Closed", Names(table, column => column.IsLeak));
        Assert.AreEqual("Comment", Names(table, column => column.Kind == ColumnKind.FreeText));
        Assert.AreEqual("Since", Names(table, column => column.Kind == ColumnKind.Date));
        Assert.AreEqual("Town, Age, Income, Plan, Comment", Names(table, column => column.IsFeature));
        Assert.AreEqual("Customer", table.SamplingKeyColumnName);
        Assert.AreEqual(rows.Count(row => float.IsNaN(row.Age)) / 400.0, Column(table, "Age").Missing, 1e-12);
        Assert.AreEqual(rows.Select(row => row.Town).Distinct().Count(), Column(table, "Town").Distinct);
        Assert.AreEqual(6, Column(table, "Comment").Words);
        Assert.AreEqual(LearningTask.BinaryClassification, table.Task);
        Assert.AreEqual(rows.Count(row => row.Answer == "yes"), table.Classes.Single(one => one.Name == "yes").Rows);
    }

    [TestMethod]
    public void The_task_goes_by_the_label()
    {
        Assert.AreEqual(LearningTask.BinaryClassification, See(["Age", "Income", "Mark"], "Mark").Task);
        Assert.AreEqual(LearningTask.MulticlassClassification, See(["Age", "Income", "Kind"], "Kind").Task);
        Assert.AreEqual(LearningTask.MulticlassClassification, See(["Age", "Income", "Stars"], "Stars").Task);
        Assert.AreEqual(LearningTask.Regression, See(["Age", "Income", "Amount"], "Amount").Task);
        Assert.AreEqual(LearningTask.Regression, See(["Age", "Income", "Stars"], "Stars", task: LearningTask.Regression).Task);
        CollectionAssert.AreEquivalent(new[] { "false", "true" }, See(["Age", "Income", "Mark"], "Mark").Classes.Select(one => one.Name).ToArray());
    }

    [TestMethod]
    public void A_label_that_some_rows_lack_is_no_mark()
    {
        var rows = PlantedRow.Make();
        for (var i = 0; i < 40; i++)
            rows[i].Answer = "";

        var table = See(["Age", "Income", "Answer"], "Answer", rows);

        Assert.AreEqual(LearningTask.MulticlassClassification, table.Task);
        Assert.AreEqual(0.1, table.Unlabelled, 1e-12);
        Assert.AreEqual(360, table.LookedAt);
        var keys = _ml.Transforms.Conversion.MapValueToKey("Answer").Fit(PlantedRow.View(_ml, PlantedRow.Make(), "Age", "Answer")).Transform(PlantedRow.View(_ml, PlantedRow.Make(), "Age", "Answer"));
        Assert.AreEqual(LearningTask.MulticlassClassification, _ml.Regularization().Advise(keys, new AdviceOptions { LabelColumnName = "Answer" }).Table.Task);
        StringAssert.Contains(Assert.Throws<ArgumentException>(() => See(["Age", "Answer"], "Answer", rows, LearningTask.BinaryClassification)).Message, "missing in some rows");
    }

    [TestMethod]
    public void Rows_that_stand_twice_in_different_classes_are_a_floor_of_errors()
    {
        var rows = PlantedRow.Make();
        foreach (var row in rows)
            row.Age = float.IsNaN(row.Age) ? 40 : row.Age;

        // Ten rows repeat others, of which four have another answer.
        for (var i = 0; i < 10; i++)
        {
            (rows[i].Age, rows[i].Income) = (rows[100 + i].Age, rows[100 + i].Income);
            rows[i].Answer = i < 4 ? (rows[100 + i].Answer == "yes" ? "no" : "yes") : rows[100 + i].Answer;
        }

        var table = See(["Age", "Income", "Answer"], "Answer", rows);

        Assert.AreEqual(10, table.Duplicates);
        Assert.AreEqual(4 / 400.0, table.NoiseFloor, 1e-12);
    }

    [TestMethod]
    public void Two_numbers_that_add_up_to_the_label_give_it_away()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 500).Select(_ => new Sum { Casual = random.Next(100), Registered = random.Next(300), Weather = random.NextSingle() }).ToList();
        foreach (var row in rows)
            row.Label = row.Casual + row.Registered;

        var table = _ml.Regularization().Advise(_ml.Data.LoadFromEnumerable(rows)).Table;

        Assert.AreEqual("Casual, Registered", Names(table, column => column.IsLeak));
        Assert.IsLessThan(LeakSearch.Least, Column(table, "Registered").Tells!.Value);
    }

    [TestMethod]
    public void What_a_column_tells_is_counted_on_rows_left_out()
    {
        // Of ten values each twice, one with equal and one with different labels: the first is right on rows left out, the second wrong.
        int[] values = [.. Enumerable.Range(0, 20).Select(row => row / 2)];
        int[] alike = [.. values.Select(value => value % 2)];
        var column = new ReadColumn("Value", ColumnKind.Category, "String") { Codes = values, Distinct = 10 };
        Assert.AreEqual(1, ColumnPower.OfClasses(column, alike, 2));
        Assert.AreEqual(0, ColumnPower.OfClasses(column, [.. Enumerable.Range(0, 20).Select(row => row % 2)], 2));
        Assert.AreEqual(1, ColumnPower.OfNumbers(column, [.. values.Select(value => (double)value)]), 1e-12);

        // Numbers of ten classes, with gaps between them, tell all, though no bound of bins falls between them.
        var random = new Random(1);
        int[] classes = [.. Enumerable.Range(0, 300).Select(_ => random.Next(10))];
        var numbers = new ReadColumn("Number", ColumnKind.Number, "Single") { Codes = [.. Enumerable.Range(0, 300)], Distinct = 300, Numbers = [.. classes.Select(one => 2 * one + random.NextDouble())] };
        Assert.AreEqual(1, ColumnPower.OfClasses(numbers, classes, 10), 0.005);
        Assert.IsLessThan(0.2, ColumnPower.OfClasses(numbers with { Numbers = [.. classes.Select(_ => random.NextDouble())] }, classes, 10));

        // A value for each row says nothing of the others.
        var ids = new ReadColumn("Id", ColumnKind.Category, "String") { Codes = [.. Enumerable.Range(0, 20)], Distinct = 20 };
        Assert.AreEqual(0, ColumnPower.OfClasses(ids, alike, 2), 0.1);
        Assert.AreEqual(0, ColumnPower.OfNumbers(ids, [.. values.Select(value => (double)value)]));
    }

    [TestMethod]
    public void Of_many_rows_a_choice_is_looked_at()
    {
        var data = PlantedRow.View(_ml, PlantedRow.Make(1000), "Age", "Income", "Answer");
        var options = new AdviceOptions { LabelColumnName = "Answer", MostRows = 100 };
        var table = _ml.Regularization().Advise(data, options).Table;
        Assert.AreEqual(1000, table.Rows);
        Assert.AreEqual(100, table.LookedAt);
        Assert.AreEqual(table, _ml.Regularization().Advise(data, options).Table);
        Assert.AreNotEqual(table, _ml.Regularization().Advise(data, options with { Seed = 2 }).Table);
    }

    [TestMethod]
    public void Honest_tables_have_neither_ids_nor_leaks()
    {
        var csv = new TextLoader.Options { Separators = [','], HasHeader = true, AllowQuoting = true, MissingRealsAsNaNs = true };
        var table = _ml.Regularization().Advise(_ml.Data.LoadFromTextFile<GettingStarted.Credit>("credit-data.csv", csv), new AdviceOptions { LabelColumnName = "Status" }).Table;
        Assert.AreEqual("", Names(table, column => !column.IsFeature));
        Assert.AreEqual("bad", table.Classes[^1].Name);
        Assert.AreEqual(4454, table.Rows);
    }

    private TableFacts See(string[] columns, string label, PlantedRow[]? rows = null, LearningTask? task = null) =>
        _ml.Regularization().Advise(PlantedRow.View(_ml, rows ?? PlantedRow.Make(), columns), new AdviceOptions { LabelColumnName = label, Task = task }).Table;

    private static string Names(TableFacts table, Func<ColumnFacts, bool> holds) => string.Join(", ", table.Columns.Where(holds).Select(column => column.Name));

    private static ColumnFacts Column(TableFacts table, string name) => table.Columns.Single(column => column.Name == name);

    private sealed class Sum
    {
        public float Casual { get; set; }

        public float Registered { get; set; }

        public float Weather { get; set; }

        public float Label { get; set; }
    }
}
