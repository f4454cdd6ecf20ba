namespace Microsoft.ML.Regularization.Tests.Trainers;

[TestClass]
public sealed class EffortTests : IDisposable
{
    private readonly MLContext _ml = new(seed: 1);

    private readonly CancellationTokenSource _source = new();

    // Which networks there are is known after an epoch.
    private NeuralNetworkOptions OneEpoch => new() { CancellationToken = _source.Token, Progress = new SmallNetwork.Callback(_ => _source.Cancel()) };

    public void Dispose() => _source.Dispose();

    [TestMethod]
    [DataRow(100, 4, 2, "a pack of 4, at most 8 snapshots of RealMlp(256, 256, 256) on each of 5 folds", "10 networks of RealMlp(256, 256, 256)")]
    [DataRow(1000, 16, 2, "a pack of 3, the last TabM(8 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16, at most 8 snapshots of RealMlp(256, 256, 256) on each of 5 folds", "10 networks of RealMlp(256, 256, 256)")]
    [DataRow(100, 4, null, "a pack of 6, the last TabM(8 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16, at most 8 snapshots of RealMlp(128, 128, 128) on each of 5 folds", "10 networks of RealMlp(256, 256, 256)")]
    [DataRow(2000, 16, null, "a pack of 4, the last TabM(8 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16, at most 8 snapshots of RealMlp(128, 128, 128) on each of 5 folds", "10 networks of RealMlp(256, 256, 256)")]
    [DataRow(5000, 16, null, "a pack of 4, the last TabM(8 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16, at most 8 snapshots of RealMlp(128, 128, 128) on each of 5 folds", "6 networks of RealMlp(256, 256, 256)")]
    [DataRow(100, 4, 3, "2 networks of RealMlp(256, 256, 256) on each of 5 folds", "10 networks of RealMlp(256, 256, 256)")]
    [DataRow(12_000, 16, 2, "a pack of 3, the last TabM(8 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16, at most 8 snapshots of RealMlp(128, 128, 128) on each of 5 folds", "2 networks of RealMlp(256, 256, 256)")]
    [DataRow(6000, 16, 3, "one network of RealMlp(256, 256, 256) on each of 5 folds", "5 networks of RealMlp(256, 256, 256)")]
    [DataRow(16_000, 16, 3, "2 networks of RealMlp(256, 256, 256)", "2 networks of RealMlp(256, 256, 256)")]
    [DataRow(30_000, 16, null, "a pack of 2, at most 8 snapshots of RealMlp(128, 128, 128) on each of 5 folds", "one network of RealMlp(256, 256, 256)")]
    [DataRow(40_000, 16, 2, "one network of TabM(16 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16", "one network of TabM(16 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16")]
    [DataRow(10_000_000, 500, 2, "one network of TabM(16 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16", "one network of TabM(16 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16")]
    [DataRow(10_000_000, 500, null, "one network of RealMlp(256, 256, 256)", "one network of RealMlp(256, 256, 256)")]
    public void Few_rows_are_worth_several_networks(long rows, int numbers, int? classes, string folded, string unfolded)
    {
        Assert.AreEqual(folded, EffortPlan.NetworksFor(TrainingEffort.Standard, rows, numbers, classes, mayFold: true).ToString());
        Assert.AreEqual(unfolded, EffortPlan.NetworksFor(TrainingEffort.Standard, rows, numbers, classes, mayFold: false).ToString());
    }

    [TestMethod]
    [DataRow(3000, 2, true, "a pack of 8, the last TabM(8 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16, at most 32 snapshots of RealMlp(256, 256, 256) on each of 5 folds")]
    [DataRow(12_000, 2, true, "a pack of 6, the last TabM(16 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16, at most 32 snapshots of RealMlp(128, 128, 128) on each of 5 folds")]
    [DataRow(30_000, 2, true, "2 networks of TabM(16 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16")]
    [DataRow(40_000, 2, true, "2 networks of TabM(16 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16")]
    [DataRow(40_000, 2, false, "2 networks of TabM(16 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16")]
    [DataRow(3000, null, true, "a pack of 12, the last TabM(8 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16, at most 32 snapshots of RealMlp(128, 128, 128) on each of 5 folds")]
    [DataRow(6000, null, true, "a pack of 8, the last TabM(16 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16, at most 32 snapshots of RealMlp(128, 128, 128) on each of 5 folds")]
    [DataRow(12_000, null, true, "a pack of 3, the last TabM(8 members, 128, 128), ReLU, piecewise linear embedding of 48 bins and size 16, at most 32 snapshots of RealMlp(128, 128, 128) on each of 5 folds")]
    [DataRow(20_000, null, true, "a pack of 4, at most 32 snapshots of RealMlp(128, 128, 128) on each of 5 folds")]
    [DataRow(40_000, null, true, "a pack of 16, at most 32 snapshots of RealMlp(256, 256, 256)")]
    [DataRow(3000, 3, true, "4 networks of RealMlp(256, 256, 256) on each of 5 folds")]
    [DataRow(6000, 3, true, "2 networks of RealMlp(256, 256, 256) on each of 5 folds")]
    [DataRow(6000, 2, false, "a pack of 16, at most 32 snapshots of RealMlp(256, 256, 256)")]
    [DataRow(16_000, 3, true, "a pack of 16, at most 32 snapshots of RealMlp(256, 256, 256)")]
    public void A_strong_effort_trains_more(long rows, int? classes, bool mayFold, string expected) =>
        Assert.AreEqual(expected, EffortPlan.NetworksFor(TrainingEffort.Strong, rows, 16, classes, mayFold).ToString());

    /// <summary>As many slots cost what fewer numbers do if most are flags: 8 of them as much as a number.</summary>
    [TestMethod]
    public void Flags_are_cheap()
    {
        var flagged = new InputLayout { Numbers = 816, Flags = [.. Enumerable.Range(0, 800)] };
        foreach (var rows in new long[] { 500, 1000, 5000, 12_000, 60_000 })
            Assert.AreEqual(Networks(rows, 116), Networks(rows, flagged), $"{rows} rows");
        Assert.AreNotEqual(Networks(5000, 816), Networks(5000, flagged));

        static EffortNetworks Networks(long rows, InputLayout input) => EffortPlan.NetworksFor(TrainingEffort.Standard, rows, input, classes: 2, mayFold: true);
    }

    [TestMethod]
    public void A_trainer_that_is_told_nothing_trains_networks_on_folds()
    {
        var network = _ml.MulticlassClassification.Trainers.NeuralNetwork(OneEpoch).Fit(_ml.Rows(60)).GetNeuralNetwork();
        Assert.IsInstanceOfType<RealMlpArchitecture>(network.Architecture);
        Assert.HasCount(10, network.Members);
        Assert.AreEqual(60, network.History.ValidationRows);
    }

    /// <summary>At a rate of almost nothing the weights stay, in each network of its own depth.</summary>
    [TestMethod]
    public void For_numbers_it_trains_a_pack_on_folds_and_goes_on_from_each_of_its_networks()
    {
        var rows = _ml.Rows(60);
        var few = new SmallNetwork.Callback(report =>
        {
            if (report.Epoch == 3)
                _source.Cancel();
        });
        var model = _ml.Regression.Trainers.NeuralNetwork(OneEpoch with { LabelColumnName = "Target", Progress = few }).Fit(rows);
        var before = model.GetNeuralNetwork();
        Assert.HasCount(6, before.History.Pack!.Members);
        Assert.AreEqual((0, 60), (before.Members.Count % EffortPlan.Folds, before.History.ValidationRows));
        Assert.IsTrue(before.Members.Select(member => member.Architecture).Distinct().Count() > 1, "one architecture alone would prove nothing");

        var after = _ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            LabelColumnName = "Target", LearningRate = 1e-12, MaxEpochs = 2, Recipe = RegularizationRecipe.None,
        }).Fit(rows, model).GetNeuralNetwork();
        CollectionAssert.AreEqual(before.Members.Select(member => member.Architecture).ToList(), after.Members.Select(member => member.Architecture).ToList());
        foreach (var (expected, found) in before.Weights.Zip(after.Weights))
        {
            Assert.AreEqual(expected.Name, found.Name);
            foreach (var (old, kept) in expected.Values.ToArray().Zip(found.Values.ToArray()))
                Assert.AreEqual(old, kept, 1e-5f, expected.Name);
        }
    }

    [TestMethod]
    public void Validation_rows_of_their_own_take_the_place_of_folds()
    {
        var network = _ml.MulticlassClassification.Trainers.NeuralNetwork(OneEpoch with { ValidationSet = _ml.Rows(40, seed: 9) }).Fit(_ml.Rows(60)).GetNeuralNetwork();
        Assert.HasCount(10, network.Members);
        Assert.AreEqual(40, network.History.ValidationRows);
        Assert.AreEqual(60, network.History.TrainingRows);
    }

    [TestMethod]
    public void A_strong_effort_is_a_pack_on_folds()
    {
        var history = _ml.Regression.Trainers.NeuralNetwork(OneEpoch with { Effort = TrainingEffort.Strong, LabelColumnName = "Target" }).Fit(_ml.Rows(60)).Model.History;
        Assert.AreEqual((12, 60L), (history.Pack!.Members.Count, history.ValidationRows));
    }

    [TestMethod]
    public void A_strong_effort_is_a_pack_on_validation_rows_where_there_are_some()
    {
        var history = _ml.MulticlassClassification.Trainers.NeuralNetwork(OneEpoch with { Effort = TrainingEffort.Strong, ValidationSet = _ml.Rows(40, seed: 9) })
            .Fit(_ml.Rows(60)).Model.History;
        Assert.AreEqual((16, 40L), (history.Pack!.Members.Count, history.ValidationRows));
    }

    /// <summary>A rare class changes the plan, and is told once; the batch size goes by the rows that each network trains on.</summary>
    [TestMethod]
    public void A_strong_effort_plans_once_by_the_rows_of_a_network()
    {
        var (log, rows) = (new LogRecorder(_ml), Example.Clusters(120));
        using var cancellation = new CancellationTokenSource();
        rows.ForEach(row => row.Label = row.Id % 20 == 0 ? 2u : (uint)(row.Id % 2));
        _ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Effort = TrainingEffort.Strong, CancellationToken = cancellation.Token, Progress = new SmallNetwork.Callback(_ => cancellation.Cancel()),
        }).Fit(_ml.Data.LoadFromEnumerable(rows));
        Assert.HasCount(1, log.Messages.Where(message => message.Contains("has a rare class", StringComparison.Ordinal)));

        var defaults = new RealMlpArchitecture().DefaultsFor(hasClasses: false);
        Assert.AreNotEqual(defaults.BatchSizeFor(Boundary(defaults)), defaults.BatchSizeFor(Boundary(defaults) * 4 / 5));
        var many = _ml.Data.LoadFromEnumerable(Example.Clusters(Boundary(defaults)));
        var network = _ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            LabelColumnName = "Target", Architecture = new RealMlpArchitecture { HiddenSizes = [8] }, Folds = 5, MaxEpochs = 1, Pack = new PackOptions { Members = 2 },
        }).Fit(many).GetNeuralNetwork();
        Assert.AreEqual(defaults.BatchSizeFor(Boundary(defaults) * 4 / 5), network.Training.BatchSize);

        // The fewest rows that have greater batches than fewer of them.
        static int Boundary(TrainingDefaults defaults) => Enumerable.Range(1, 100_000).First(count => defaults.BatchSizeFor(count) > defaults.BatchSizeFor(1));
    }

    [TestMethod]
    public void Who_says_how_to_train_gets_a_perceptron()
    {
        var rows = _ml.Rows(60);
        foreach (var options in new NeuralNetworkOptions[]
        {
            new() { MaxEpochs = 2 }, new() { LearningRate = 0.01, MaxEpochs = 2 }, new() { Recipe = RegularizationRecipe.None, MaxEpochs = 2 },
            new() { Effort = TrainingEffort.Quick, TimeLimit = TimeSpan.FromMinutes(5) },
        })
        {
            var network = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(rows).GetNeuralNetwork();
            Assert.AreEqual(NetworkArchitecture.Mlp(256, 256), network.Architecture, options.ToString());
            Assert.IsEmpty(network.Members);
        }
    }

    [TestMethod]
    public void Members_that_are_named_are_trained()
    {
        var network = _ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { Members = 2 }).Fit(_ml.Rows(60)).GetNeuralNetwork();
        Assert.IsInstanceOfType<RealMlpArchitecture>(network.Architecture);
        Assert.HasCount(2, network.Members);
    }

    [TestMethod]
    public void Very_many_numbers_are_learned_by_a_perceptron()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(0, 40).Select(i => new Wide
        {
            Label = i % 2 == 0, Features = [.. Enumerable.Range(0, EffortPlan.MostNumbers + 1).Select(_ => (float)random.NextDouble() + i % 2)],
        });
        Assert.AreEqual(NetworkArchitecture.Mlp(256, 256), _ml.BinaryClassification.Trainers.NeuralNetwork().Fit(_ml.Data.LoadFromEnumerable(rows)).Model.Architecture);
    }

    private sealed class Wide
    {
        public bool Label { get; set; }

        [Microsoft.ML.Data.VectorType(EffortPlan.MostNumbers + 1)]
        public float[] Features { get; set; } = [];
    }
}
