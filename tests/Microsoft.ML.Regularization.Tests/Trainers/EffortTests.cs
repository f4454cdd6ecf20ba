namespace Microsoft.ML.Regularization.Tests.Trainers;

[TestClass]
public sealed class EffortTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(100, 4, 2, 5)]
    [DataRow(900, 4, 2, 5)]
    [DataRow(1000, 4, 1, 5)]
    [DataRow(12_000, 16, 1, 5)]
    [DataRow(16_000, 16, 4, null)]
    [DataRow(30_000, 16, 2, null)]
    [DataRow(60_000, 16, 1, null)]
    [DataRow(10_000_000, 500, 1, null)]
    public void Few_rows_are_worth_several_networks(long rows, int numbers, int members, int? folds) =>
        Assert.AreEqual((members, folds), EffortPlan.BagFor(rows, numbers));

    /// <summary>As many slots cost what fewer numbers do if most are flags: 8 of them as much as a number.</summary>
    [TestMethod]
    public void Flags_are_cheap()
    {
        var flagged = new InputLayout { Numbers = 816, Flags = [.. Enumerable.Range(0, 800)] };
        foreach (var rows in new long[] { 500, 1000, 5000, 12_000, 60_000 })
            Assert.AreEqual(EffortPlan.BagFor(rows, 116), EffortPlan.BagFor(rows, flagged), $"{rows} rows");
        Assert.AreNotEqual(EffortPlan.BagFor(5000, 816), EffortPlan.BagFor(5000, flagged));
    }

    [TestMethod]
    public void A_trainer_that_is_told_nothing_trains_networks_on_folds()
    {
        var network = _ml.MulticlassClassification.Trainers.NeuralNetwork("Label").Fit(_ml.Rows(60)).GetNeuralNetwork();
        Assert.IsInstanceOfType<RealMlpArchitecture>(network.Architecture);
        Assert.HasCount(10, network.Members);
        Assert.AreEqual(60, network.History.ValidationRows);
    }

    [TestMethod]
    public void Validation_rows_of_their_own_take_the_place_of_folds()
    {
        var network = _ml.MulticlassClassification.Trainers.NeuralNetwork(new NeuralNetworkOptions { ValidationSet = _ml.Rows(40, seed: 9) }).Fit(_ml.Rows(60)).GetNeuralNetwork();
        Assert.HasCount(10, network.Members);
        Assert.AreEqual(40, network.History.ValidationRows);
        Assert.AreEqual(60, network.History.TrainingRows);
    }

    [TestMethod]
    public void A_strong_effort_is_a_pack_on_folds_or_on_validation_rows()
    {
        var strong = new NeuralNetworkOptions { Effort = TrainingEffort.Strong };
        var folded = _ml.MulticlassClassification.Trainers.NeuralNetwork(strong).Fit(_ml.Rows(60)).GetNeuralNetwork().History;
        Assert.AreEqual((8, 60L), (folded.Pack!.Members.Count, folded.ValidationRows));

        var validated = _ml.MulticlassClassification.Trainers.NeuralNetwork(strong with { ValidationSet = _ml.Rows(40, seed: 9) }).Fit(_ml.Rows(60)).GetNeuralNetwork().History;
        Assert.AreEqual((16, 40L), (validated.Pack!.Members.Count, validated.ValidationRows));
        Assert.AreEqual((new PackOptions(), null), EffortPlan.PackFor(5001, mayFold: true));
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
