using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Groups;

/// <summary>One model for each group: what it predicts, in pipelines, from files and for groups that were not there.</summary>
[TestClass]
public sealed class FitEachTests
{
    private const int Shops = 5;

    private static readonly GroupOptions Quick = new() { Pulls = [0.1], ComparedGroups = 0, Seed = 3 };

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Tasks => LearningTasks.All.Select(task => new object[] { task.Name });

    /// <summary>The slope of each shop is known, and the common network can only know their mean, 0.</summary>
    [TestMethod]
    public void Each_group_follows_its_own_slope()
    {
        var model = _ml.Regularization().FitEach(Trainer(), View(Shop.Rows(Shops, 100)), "Name", new GroupOptions { Seed = 3, LearningRate = 0.02 });

        var groups = model.GetGroups();
        CollectionAssert.AreEqual(Enumerable.Range(0, Shops).Select(shop => $"shop {shop}").ToList(), groups.Groups.Select(group => group.Name).ToList());
        Assert.IsTrue(groups.Groups.All(group => group is { Rows: 100, Network: not null, Problem: null }));
        Assert.IsLessThanOrEqualTo(1, groups.Pull!.Value);
        foreach (var (name, slope) in Enumerable.Range(0, Shops).Select(shop => ($"shop {shop}", Shop.SlopeOf(shop, Shops))).Append(("a new shop", 0)).Append(("", 0)))
        {
            var low = ScoreOf(model, new Shop { Name = name, Features = [-0.8f, 0] });
            var high = ScoreOf(model, new Shop { Name = name, Features = [0.8f, 0] });
            Assert.AreEqual(slope, (high - low) / 1.6, 0.15, name);
        }
    }

    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Files_engines_and_parallel_readers_give_the_same_bits(string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        var rows = Shop.Rows(Shops, 40);
        rows[3].Name = "another shop";
        rows[4].Name = "";
        var view = View(rows);
        var pipeline = EveryTask.Trainer(_ml, task, Shop.Options with { Members = 2, MaxEpochs = 5 }).Append(_ml.Transforms.Explain());
        var model = _ml.Regularization().FitEach(pipeline, view, "Name", Quick);
        var expected = EveryTask.Scores(model, view);

        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);
        SmallNetwork.AssertEqual(expected, EveryTask.Scores(loaded, view));
        Assert.AreEqual(0.1, loaded.GetGroups().Pull);
        CollectionAssert.AreEqual(model.GetGroups().Groups.Select(Group).ToList(), loaded.GetGroups().Groups.Select(Group).ToList());
        CollectionAssert.AreEqual(model.Transform(view).Schema.Select(Description).ToList(), loaded.Transform(view).Schema.Select(Description).ToList());

        var parts = new List<float[]>[2];
        Parallel.For(0, parts.Length, part => parts[part] = EveryTask.Scores(loaded, view));
        foreach (var part in parts)
            SmallNetwork.AssertEqual(expected, part);
        if (task == LearningTask.Regression)
        {
            using var engine = _ml.Model.CreatePredictionEngine<Shop, Sold>(loaded, new PredictionEngineOptions { OwnsTransformer = false });
            SmallNetwork.AssertEqual(expected, rows.ConvertAll(row => new[] { engine.Predict(row).Score }));
        }

        // What is said of a row is said of its group's network.
        var scored = model.Transform(view);
        var sums = scored.GetColumn<float[]>("Contributions").Zip(scored.GetColumn<float>("ContributionBase"), (row, from) => row.Sum() + (double)from).ToList();
        for (var row = 0; row < rows.Count; row++)
        {
            var score = expected[row].Length == 1 ? expected[row][0] : Math.Log(expected[row].Max()) - Math.Log(1.0 - expected[row].Max());
            Assert.AreEqual(score, sums[row], 1e-4 * Math.Max(1, Math.Abs(score)), $"row {row}");
        }

        static (string, int, bool) Group(GroupFit group) => (group.Name, group.Rows, group.Network is null);

        static string Description(DataViewSchema.Column column) => $"{column.Name}: {column.Type} {string.Join(", ", column.Annotations.Schema.Select(annotation => annotation.Name))}";
    }

    /// <summary>The part of a group, with the group's network in it, is an ordinary model.</summary>
    [TestMethod]
    [DynamicData(nameof(Tasks))]
    public void Rows_are_scored_as_the_groups_own_model_does(string taskName)
    {
        var rows = Shop.Rows(Shops, 40);
        var model = _ml.Regularization().FitEach(EveryTask.Trainer(_ml, LearningTasks.Find(taskName)!, Shop.Options with { MaxEpochs = 5 }), View(rows), "Name", Quick);
        var groups = model.GetGroups();
        foreach (var (name, own) in rows.GroupBy(row => row.Name).Select(group => (group.Key, group.ToList())))
        {
            SmallNetwork.AssertEqual(EveryTask.Scores(groups.Of(name), View(own)), EveryTask.Scores(model, View(own)));
            own.ForEach(row => row.Name = "elsewhere");
            SmallNetwork.AssertEqual(EveryTask.Scores(groups.Common, View(own)), EveryTask.Scores(model, View(own)));
        }

        CollectionAssert.AreNotEqual(
            EveryTask.Weights(groups.Of("shop 0"))[0], EveryTask.Weights(groups.Of("shop 1"))[0]);
    }

    /// <summary>Texts, keys of texts and numbers tell the same groups apart, and their order does not matter.</summary>
    [TestMethod]
    public void Groups_are_what_their_values_are_written_as()
    {
        var rows = Shop.Rows(Shops, 40);
        rows.ForEach(row => row.Name = $"{row.Number}");
        var keyed = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(View(rows)).Transform(View(rows));
        var byName = _ml.Regularization().FitEach(Trainer(), View(rows), "Name", Quick);
        foreach (var column in new[] { "Number", "Key" })
        {
            var other = _ml.Regularization().FitEach(Trainer(), keyed, column, Quick);
            SmallNetwork.AssertEqual(EveryTask.Scores(byName, View(rows)), EveryTask.Scores(other, keyed));
        }
    }

    [TestMethod]
    public void The_same_seed_gives_the_same_bits_and_another_one_others()
    {
        var view = View(Shop.Rows(Shops, 40));
        var first = EveryTask.Scores(Fit(3), view);
        SmallNetwork.AssertEqual(first, EveryTask.Scores(Fit(3), view));
        Assert.IsFalse(first.Zip(EveryTask.Scores(Fit(4), view), (one, other) => one[0] == other[0]).All(same => same));

        ITransformer Fit(int seed) => _ml.Regularization().FitEach(Trainer(), view, "Name", new GroupOptions { Seed = seed, Pulls = [0.1, 10] });
    }

    /// <summary>The stronger it is, the nearer a group's predictions are to the common ones.</summary>
    [TestMethod]
    public void A_pull_holds_groups_at_the_common_network()
    {
        var view = View(Shop.Rows(Shops, 40));
        var distances = new[] { 0.01, 100, 10_000 }.Select(pull =>
        {
            var model = _ml.Regularization().FitEach(Trainer(), view, "Name", Quick with { Pulls = [pull] });
            return EveryTask.Scores(model, view).Zip(EveryTask.Scores(model.GetGroups().Common, view), (own, common) => Math.Abs(own[0] - common[0])).Average();
        }).ToList();
        Assert.IsLessThan(0.7 * distances[0], distances[1]);
        Assert.IsLessThan(0.2 * distances[0], distances[2]);
    }

    /// <summary>Where groups are alike, what their few rows say beyond the common network is noise.</summary>
    [TestMethod]
    public void The_common_network_stays_where_groups_are_alike()
    {
        var random = new Random(2);
        var rows = Shop.Rows(1, 400);
        rows.ForEach(row => (row.Name, row.Target) = ($"shop {random.Next(20)}", row.Target + 3 * (random.NextSingle() - 0.5f)));
        var options = new GroupOptions { Seed = 3, Pulls = [0.01] };
        var groups = _ml.Regularization().FitEach(Trainer(), View(rows), "Name", options).GetGroups();
        Assert.IsNull(groups.Pull);
        Assert.IsTrue(groups.Groups.All(group => group.Network is null));
    }

    [TestMethod]
    public void Held_out_rows_are_kept_from_the_common_network_that_is_compared()
    {
        var seen = new List<long>();
        var pipeline = new WatchedEstimator(Trainer(), view => seen.Add(view.GetColumn<float>("Target").Count()));

        // A quarter of all rows is held out, so the pipeline is fitted again to all of them.
        _ml.Regularization().FitEach(pipeline, View(Shop.Rows(Shops, 40)), "Name", new GroupOptions { Seed = 3, Pulls = [1] });
        CollectionAssert.AreEqual(new[] { 150L, 200 }, seen);

        // Two of 60 groups hold rows out: less than a twentieth of all.
        seen.Clear();
        _ml.Regularization().FitEach(pipeline, View(Shop.Rows(60, 12)), "Name", new GroupOptions { Seed = 3, Pulls = [1], ComparedGroups = 2 });
        CollectionAssert.AreEqual(new[] { 714L }, seen);

        seen.Clear();
        _ml.Regularization().FitEach(pipeline, View(Shop.Rows(Shops, 40)), "Name", Quick);
        CollectionAssert.AreEqual(new[] { 200L }, seen);
    }

    [TestMethod]
    public void Groups_that_cannot_be_trained_are_told_and_get_the_common_network()
    {
        var log = new LogRecorder(_ml);
        var rows = Shop.Rows(Shops, 40);
        foreach (var row in rows.Where(row => row.Number == 0))
            row.Target = float.NaN;
        rows.RemoveAll(row => row.Number == 1 && row.Features[0] > -0.9f);
        var few = rows.Count(row => row.Number == 1);
        var model = _ml.Regularization().FitEach(Trainer(), View(rows), "Name", new GroupOptions { Seed = 3, Pulls = [0.1] });

        var groups = model.GetGroups().Groups;
        Assert.IsNull(groups[0].Network);
        Assert.Contains("Target", groups[0].Problem!);
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("shop 0", StringComparison.Ordinal)));
        Assert.IsTrue(groups[1] is { Network: null, Problem: null } && groups[1].Rows == few);
        Assert.IsTrue(groups.Skip(2).All(group => group.Network is not null));
    }

    /// <summary>A shop that has always sold, which a fit of its own would refuse.</summary>
    [TestMethod]
    public void A_group_of_one_class_is_trained()
    {
        var rows = Shop.Rows(2, 60);
        foreach (var row in rows.Where(row => row.Number == 0))
            row.Flag = true;
        var model = _ml.Regularization().FitEach(EveryTask.Trainer(_ml, LearningTask.BinaryClassification, Shop.Options), View(rows), "Name", Quick);
        Assert.IsNull(model.GetGroups().Groups[0].Problem);
        var own = View(rows.Where(row => row.Number == 0));
        Assert.IsGreaterThan(0.8, model.Transform(own).GetColumn<float>("Probability").Average());
        Assert.IsGreaterThan(model.GetGroups().Common.Transform(own).GetColumn<float>("Probability").Average() + 0.05, model.Transform(own).GetColumn<float>("Probability").Average());
    }

    [TestMethod]
    public void Progress_counts_networks_and_cancelling_ends_without_a_model()
    {
        var reports = new List<GroupProgress>();
        var view = View(Shop.Rows(Shops, 40));
        var watch = new Told(report =>
        {
            lock (reports)
                reports.Add(report);
        });
        _ml.Regularization().FitEach(Trainer(), view, "Name", new GroupOptions { Seed = 3, Pulls = [0.1, 1], Progress = watch });
        Assert.HasCount(3 * Shops, reports.Where(report => report is { IsComparing: true, Total: 3 * Shops }));
        CollectionAssert.AreEquivalent(Enumerable.Range(1, Shops).ToList(), reports.Where(report => report is { IsComparing: false, Total: Shops }).Select(report => report.Done).ToList());

        using var source = new CancellationTokenSource();
        var cancelling = new Told(report =>
        {
            if (!report.IsComparing)
                source.Cancel();
        });
        Assert.Throws<OperationCanceledException>(
            () => _ml.Regularization().FitEach(Trainer(), view, "Name", Quick with { Progress = cancelling, CancellationToken = source.Token }));
    }

    private NeuralNetworkRegressionTrainer Trainer() => _ml.Regression.Trainers.NeuralNetwork(Shop.Options with { LabelColumnName = "Target" });

    private IDataView View(IEnumerable<Shop> rows) => _ml.Data.LoadFromEnumerable(rows);

    private double ScoreOf(ITransformer model, Shop row) => EveryTask.Scores(model, View([row]))[0][0];

    private sealed class Sold
    {
        public float Score { get; set; }
    }

    private sealed class Told(Action<GroupProgress> tell) : IProgress<GroupProgress>
    {
        public void Report(GroupProgress value) => tell(value);
    }

    private sealed class WatchedEstimator(IEstimator<ITransformer> inner, Action<IDataView> watch) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            watch(input);
            return inner.Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => inner.GetOutputSchema(inputSchema);
    }
}
