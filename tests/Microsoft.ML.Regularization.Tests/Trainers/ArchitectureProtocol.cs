using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>What holds for every architecture, found by reflection, on every task.</summary>
[TestClass]
public sealed class ArchitectureProtocol
{
    private static IEnumerable<object[]> Cases =>
        from type in typeof(NetworkArchitecture).Assembly.GetTypes()
        where type.IsSubclassOf(typeof(NetworkArchitecture)) && !type.IsAbstract
        where ((NetworkArchitecture)Activator.CreateInstance(type)!).Takes.HasFlag(NetworkInputs.Numbers)
        from task in Enum.GetValues<LearningTaskKind>()
        select new object[] { type, task.ToString() };

    [TestMethod]
    [DynamicData(nameof(Cases))]
    [DoNotParallelize]
    public void It_learns_survives_a_file_and_scores_rows_as_batches(Type type, string taskName)
    {
        var task = Enum.Parse<LearningTaskKind>(taskName);
        var architecture = (NetworkArchitecture)Activator.CreateInstance(type)!;
        var rows = Example.Clusters(120);
        var view = new MLContext().Data.LoadFromEnumerable(rows);
        var trainer = Trainer(architecture, task);
        _ = trainer.Fit(view);

        ITransformer model = null!;
        Assert.AreEqual(0, LiveTensors.LeftBy(() => model = trainer.Fit(view)));
        var network = model.GetNeuralNetwork();
        Assert.AreEqual(architecture, network.Architecture);
        Assert.AreEqual(task, network.Trained.Kind);
        Assert.IsLessThan(0.7 * network.History.Epochs[0].TrainingLoss, network.History.Epochs[^1].TrainingLoss);

        using var file = new MemoryStream();
        new MLContext().Model.Save(model, view.Schema, file);
        file.Position = 0;
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out _);
        var scores = Tasks.Scores(model, view, task);
        SmallNetwork.AssertEqual(scores, Tasks.Scores(loaded, view, task));
        Assert.AreEqual(architecture, loaded.GetNeuralNetwork().Architecture);
        AssertVaried(scores);

        var single = rows.ConvertAll(row => Tasks.Scores(loaded, fresh.Data.LoadFromEnumerable(new[] { row }), task)[0]);
        SmallNetwork.AssertEqual(scores, single);
        if (task == LearningTaskKind.Multiclass)
        {
            using var engine = fresh.Model.CreatePredictionEngine<Example, Probabilities>(loaded);
            SmallNetwork.AssertEqual(scores, rows.ConvertAll(row => engine.Predict(row).Score));
        }
        else
        {
            using var engine = fresh.Model.CreatePredictionEngine<Example, Number>(loaded);
            SmallNetwork.AssertEqual(scores, rows.ConvertAll(row => new[] { engine.Predict(row).Score }));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Libtorch_gives_the_same_outputs(Type type, string taskName)
    {
        var task = Enum.Parse<LearningTaskKind>(taskName);
        var architecture = (NetworkArchitecture)Activator.CreateInstance(type)!;
        var rows = Example.Clusters(60);
        var network = Trainer(architecture, task).Fit(new MLContext().Data.LoadFromEnumerable(rows)).GetNeuralNetwork().Trained;
        using var torchNetwork = architecture.CreateNetwork(network.Input, network.Outputs, new NetworkBuilder(network.Recipe, RandomKey.FromSeed(0)));
        torchNetwork.ScaleInputs(network.Outcome.InputScaler!);
        network.Outcome.Weights.CopyTo(torchNetwork);
        using var pass = torchNetwork.Begin(isTraining: false);

        var expected = torchNetwork.forward(torch.tensor(rows.SelectMany(row => row.Features).ToArray(), [rows.Count, network.Input.Width])).data<float>().ToArray();

        for (var row = 0; row < rows.Count; row++)
        {
            var outputs = new float[network.Outputs];
            network.Scorer.Score(rows[row].Features, outputs);
            Closeness.AssertClose(expected.AsSpan(row * network.Outputs, network.Outputs), outputs, 1e-5, $"row {row}");
        }
    }

    [TestMethod]
    public void Every_architecture_is_named_in_the_model_format() =>
        CollectionAssert.AreEquivalent(
            typeof(NetworkArchitecture).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(NetworkArchitecture)) && !type.IsAbstract).ToList(),
            typeof(NetworkArchitecture).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), inherit: false)
                .Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(named => named.DerivedType).ToList());

    /// <summary>A trainer of a task on the rows of <see cref="Example"/>.</summary>
    internal static IEstimator<ITransformer> Trainer(NetworkArchitecture architecture, LearningTaskKind task, RegularizationRecipe? recipe = null, int epochs = 15)
    {
        var ml = new MLContext(seed: 2);
        var options = new NeuralNetworkOptions
        {
            Architecture = architecture,
            Recipe = recipe ?? RegularizationRecipe.None,
            MaxEpochs = epochs,
            BatchSize = 32,
            LearningRate = 0.003,
        };
        return Tasks.Trainer(ml, task, options);
    }

    private static void AssertVaried(List<float[]> scores) => Assert.IsGreaterThan(0.1f, scores.Max(row => row[0]) - scores.Min(row => row[0]));

    private sealed class Probabilities
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class Number
    {
        public float Score { get; set; }
    }
}
