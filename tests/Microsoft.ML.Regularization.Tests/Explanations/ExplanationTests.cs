using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Explanations;

/// <summary>What users read of explanations, in pipelines and from files.</summary>
[TestClass]
public sealed class ExplanationTests
{
    private static readonly NeuralNetworkOptions Small = SmallNetwork.Options with { Architecture = NetworkArchitecture.Mlp(8), MaxEpochs = 4 };

    private static readonly Dictionary<string, NeuralNetworkOptions> Kinds = new()
    {
        ["one network"] = Small,
        ["folds"] = Small with { Folds = 3 },
        ["folds of members"] = Small with { Folds = 3, Members = 2 },
        ["pack"] = SmallNetwork.Options with { Architecture = null, LearningRate = null, Recipe = null, Pack = new PackOptions { Members = 2 }, MaxEpochs = 3 },
        ["TabM"] = Small with { Architecture = NetworkArchitecture.TabM(4, 8) },
        ["residual"] = Small with { Architecture = NetworkArchitecture.ResidualMlp(8, 2) },
    };

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Cases => from kind in Kinds.Keys from task in LearningTasks.All select new object[] { kind, task.Name };

    /// <summary>With gaps in the rows, which are filled in by each network in its own way.</summary>
    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Base_and_contributions_sum_to_the_score(string kind, string taskName)
    {
        var rows = WithGaps(60);
        var (task, view) = (LearningTasks.Find(taskName)!, _ml.Data.LoadFromEnumerable(rows));
        var model = EveryTask.Trainer(_ml, task, Kinds[kind]).Append(_ml.Transforms.Explain(new ExplanationOptions { NetworksOfGroup = 2 })).Fit(view);
        var scored = model.Transform(view);
        var scores = EveryTask.Scores(model, view);
        var (contributions, bases) = (Read(model, view), scored.GetColumn<float>("ContributionBase").ToList());
        for (var row = 0; row < rows.Count; row++)
        {
            var score = scores[row].Length == 1 ? scores[row][0] : Math.Log(scores[row].Max()) - Math.Log(1.0 - scores[row].Max());
            Assert.AreEqual(score, bases[row] + contributions[row].Sum(value => (double)value), 1e-4 * Math.Max(1, Math.Abs(score)), $"row {row}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Files_engines_and_parallel_readers_give_the_same_bits(string kind, string taskName)
    {
        var rows = WithGaps(40);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var model = EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, Kinds[kind]).Append(_ml.Transforms.Explain(new ExplanationOptions { BackgroundRows = 20, Groups = 3, NetworksOfGroup = 2, Steps = 2 })).Fit(view);
        var expected = Read(model, view);

        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        SmallNetwork.AssertEqual(expected, Read(loaded, view));
        var parts = new List<float[]>[2];
        Parallel.For(0, parts.Length, part => parts[part] = Read(loaded, view));
        foreach (var part in parts)
            SmallNetwork.AssertEqual(expected, part);
        using var engine = _ml.Model.CreatePredictionEngine<Example, Explained>(loaded, new PredictionEngineOptions { OwnsTransformer = false });
        SmallNetwork.AssertEqual(expected, rows.ConvertAll(row => engine.Predict(row).Contributions.ToArray()));
    }

    /// <summary>One-hot codes, keys and missing values of a column count as that column.</summary>
    [TestMethod]
    public void Slots_count_as_the_column_that_they_are_made_of()
    {
        var random = new Random(3);
        var view = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(_ =>
        {
            var (home, job) = (random.Next(3), random.Next(4));
            return new Person
            {
                Age = random.NextSingle() < 0.1 ? float.NaN : random.NextSingle(),
                Home = $"home.{home}",
                Job = $"job {job}",
                Shoe = 41,
                Label = home == 1 ^ random.NextSingle() < 0.1,
            };
        }).ToList());
        var prepare = _ml.Transforms.Categorical.OneHotEncoding("Home")
            .Append(_ml.Transforms.Conversion.MapValueToKey("Job"))
            .Append(_ml.Transforms.Concatenate("Features", "Age", "Home", "Shoe"));
        var model = prepare
            .Append(_ml.BinaryClassification.Trainers.NeuralNetwork(Small with { CategoricalColumnNames = ["Job"], MaxEpochs = 30, LabelColumnName = "Label" }))
            .Append(_ml.Transforms.Explain("Why", "From"))
            .Fit(view);
        var scored = model.Transform(view);
        VBuffer<ReadOnlyMemory<char>> names = default;
        scored.Schema["Why"].GetSlotNames(ref names);
        CollectionAssert.AreEqual(new[] { "Age", "Home", "Shoe", "Job" }, names.DenseValues().Select(name => name.ToString()).ToArray());
        CollectionAssert.AreEqual(new[] { "Age", "Home", "Shoe", "Job" }, model.LastTransformer.ColumnsExplained.ToArray());

        // The home alone makes the label, and shoes are all the same.
        var mean = scored.GetColumn<float[]>("Why").Aggregate(new double[4], (sums, row) => [.. sums.Zip(row, (sum, value) => sum + Math.Abs(value) / 200)]);
        Assert.IsTrue(mean[1] > 4 * Math.Max(mean[0], mean[3]), string.Join(", ", mean));
        Assert.AreEqual(0, mean[2]);
    }

    /// <summary>Behind a trainer whose rows hold a single class, and with fewer rows than are asked for.</summary>
    [TestMethod]
    public void Fewer_rows_than_asked_for_are_all_taken()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(30));
        var model = EveryTask.Trainer(_ml, LearningTask.Regression, Small).Fit(view);
        var few = _ml.Data.TakeRows(view, 3);
        var bases = _ml.Transforms.Explain().Fit(model.Transform(few)).Transform(model.Transform(view)).GetColumn<float>("ContributionBase").Distinct().ToList();
        Assert.AreEqual(EveryTask.Scores(model, few).Average(score => score[0]), bases.Single(), 1e-5);
    }

    /// <summary>A row that equals all others has nothing that tells it apart; a column that all of them lack is filled in as the model does it.</summary>
    [TestMethod]
    [DataRow("one network")]
    [DataRow("folds")]
    public void Equal_rows_and_empty_columns_can_be_compared_with(string kind)
    {
        var rows = WithGaps(60);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var model = EveryTask.Trainer(_ml, LearningTask.Regression, Kinds[kind]).Fit(view);
        var equal = model.Transform(_ml.Data.LoadFromEnumerable(Enumerable.Repeat(rows[0], 9)));
        foreach (var contributions in _ml.Transforms.Explain().Fit(equal).Transform(equal).GetColumn<float[]>("Contributions"))
            Assert.IsLessThan(1e-5f, contributions.Max(Math.Abs));

        var empty = WithGaps(30);
        empty.ForEach(row => row.Features[1] = float.NaN);
        var scored = _ml.Transforms.Explain().Fit(model.Transform(_ml.Data.LoadFromEnumerable(empty))).Transform(model.Transform(view));
        var sums = scored.GetColumn<float[]>("Contributions").Zip(scored.GetColumn<float>("ContributionBase"), (row, from) => row.Sum() + from).ToList();
        foreach (var (sum, score) in sums.Zip(EveryTask.Scores(model, view)))
            Assert.AreEqual(score[0], sum, 1e-4 * Math.Max(1, Math.Abs(score[0])));
    }

    [TestMethod]
    public void Rows_to_compare_with_follow_the_seed()
    {
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(100));
        var scored = EveryTask.Trainer(_ml, LearningTask.Regression, Small with { MaxEpochs = 1 }).Fit(view).Transform(view);
        CollectionAssert.AreEqual(Base(1), Base(1));
        CollectionAssert.AreNotEqual(Base(1), Base(2));

        float[] Base(int seed) =>
            [.. _ml.Transforms.Explain(new ExplanationOptions { Seed = seed, BackgroundRows = 30 }).Fit(scored).Transform(_ml.Data.TakeRows(scored, 1)).GetColumn<float[]>("Contributions").Single()];
    }

    /// <summary>A model that trains on keeps its explanations, of its new weights.</summary>
    [TestMethod]
    public void Training_on_keeps_them()
    {
        var rows = _ml.Data.LoadFromEnumerable(Example.Clusters(60));
        var trainer = _ml.Regression.Trainers.NeuralNetwork(Small with { LabelColumnName = "Target" });
        var first = trainer.Append(_ml.Transforms.Explain()).Fit(rows);
        var second = first.ContinueTraining(rows, trainer);
        var (scores, scored) = (EveryTask.Scores(second, rows), second.Transform(rows));
        var sums = scored.GetColumn<float[]>("Contributions").Zip(scored.GetColumn<float>("ContributionBase"), (row, from) => row.Sum() + from).ToList();
        for (var row = 0; row < sums.Count; row++)
            Assert.AreEqual(scores[row][0], sums[row], 1e-4 * Math.Max(1, Math.Abs(scores[row][0])));
    }

    private static List<float[]> Read(ITransformer model, IDataView view) => [.. model.Transform(view).GetColumn<float[]>("Contributions")];

    private static List<Example> WithGaps(int count)
    {
        var rows = Example.Clusters(count);
        foreach (var row in rows.Where(row => row.Id % 5 == 2))
            row.Features[row.Id % 4] = float.NaN;
        foreach (var row in rows.Where(row => float.IsNaN(row.Target)))
            row.Target = 0;
        return rows;
    }

    private sealed class Explained
    {
        public float[] Contributions { get; set; } = [];
    }

    private sealed class Person
    {
        public float Age { get; set; }

        public string Home { get; set; } = "";

        public string Job { get; set; } = "";

        public float Shoe { get; set; }

        public bool Label { get; set; }
    }
}
