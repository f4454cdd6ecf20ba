using System.Collections.Concurrent;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks;

/// <summary>What holds for every architecture, found by reflection, on every task and with every kind of noise that it admits.</summary>
[TestClass]
public sealed class ArchitectureProtocol
{
    private const int Rows = 60;

    private static readonly ConcurrentDictionary<(ArchitectureCase, LearningTask), double> QuietWeights = new();

    private static IEnumerable<Type> Architectures =>
        typeof(NetworkArchitecture).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(NetworkArchitecture)) && !type.IsAbstract);

    internal static IEnumerable<object[]> Quiet =>
        from architecture in ArchitectureCases.All
        from task in LearningTasks.All
        select new object[] { architecture, task.ToString() };

    internal static IEnumerable<object[]> Noisy =>
        from row in Quiet
        from noise in ArchitectureCases.Noises.Skip(1)
        where WhyRefused((ArchitectureCase)row[0], noise) is null
        select new[] { row[0], row[1], noise };

    private static IEnumerable<object[]> Refused =>
        from architecture in ArchitectureCases.All
        from noise in ArchitectureCases.Noises
        where WhyRefused(architecture, noise) is not null
        select new object[] { architecture, noise };

    [TestMethod]
    public void Every_architecture_has_a_case()
    {
        var missing = Architectures.Except(ArchitectureCases.All.Select(one => one.Architecture.GetType())).Select(type => type.Name);
        Assert.AreEqual("", string.Join(", ", missing), "Architectures without a line in ArchitectureCases.");
    }

    [TestMethod]
    public void Every_kind_of_noise_is_admitted_by_an_architecture()
    {
        foreach (var noise in ArchitectureCases.Noises)
            Assert.IsTrue(ArchitectureCases.All.Any(architecture => WhyRefused(architecture, noise) is null), noise.ToString());
    }

    [TestMethod]
    [DynamicData(nameof(Refused))]
    public void What_it_refuses_is_named_beside_what_refuses_it(object architecture, RegularizationRecipe noise)
    {
        var own = (ArchitectureCase)architecture;
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => own.Trainer(LearningTask.MulticlassClassification, noise, epochs: 1));
        var kind = noise.Dropout?.GetType().Name ?? nameof(RegularizationRecipe.StochasticDepth);
        Assert.Contains(kind, error.Message);
        Assert.IsTrue(
            error.Message.Contains(own.Name, StringComparison.Ordinal) || error.Message.Contains(nameof(Activation), StringComparison.Ordinal), error.Message);
    }

    [TestMethod]
    [DynamicData(nameof(Quiet))]
    [DoNotParallelize]
    public void It_learns_survives_a_file_and_scores_rows_as_batches(object architecture, string taskName)
    {
        var (own, task) = ((ArchitectureCase)architecture, LearningTasks.Find(taskName)!);
        var model = Check(own, task, RegularizationRecipe.None);

        var history = model.GetNeuralNetwork().History;
        Assert.IsLessThan(0.7 * history.Epochs[0].TrainingLoss, history.Epochs[^1].TrainingLoss);
        var scores = EveryTask.Scores(model, View());
        Assert.IsGreaterThan(0.1f, scores.Max(row => row[0]) - scores.Min(row => row[0]));
    }

    [TestMethod]
    [DynamicData(nameof(Noisy))]
    [DoNotParallelize]
    public void Noise_changes_what_it_learns_and_nothing_else(object architecture, string taskName, RegularizationRecipe noise)
    {
        var (own, task) = ((ArchitectureCase)architecture, LearningTasks.Find(taskName)!);
        var model = Check(own, task, noise);

        var quiet = QuietWeights.GetOrAdd((own, task), _ => Norm(own.Trainer(task, RegularizationRecipe.None, Epochs(RegularizationRecipe.None)).Fit(View())));
        Assert.AreNotEqual(quiet, Norm(model), "The noise did nothing.");
    }

    private static IEnumerable<object[]> OfNumbers =>
        from row in Quiet
        where ((ArchitectureCase)row[0]).FeatureColumnName == ArchitectureCase.Numbers
        select row;

    [TestMethod]
    [DynamicData(nameof(OfNumbers))]
    [DoNotParallelize]
    public void Sparse_rows_give_what_the_same_rows_give_dense(object architecture, string taskName)
    {
        var task = LearningTasks.Find(taskName)!;
        var own = (ArchitectureCase)architecture with { FeatureColumnName = ArchitectureCase.Sparse, LearningRate = 0.005 };
        var view = View();

        // Adam would make steps of a gradient that is 0 but for rounding, as of a bias before batch normalization.
        var options = own.Options(RegularizationRecipe.None with { WeightDecay = 0.1 }, epochs: 3) with { Optimizer = Optimizer.Sgd(momentum: 0.5) };
        if (own.Architecture is CustomArchitecture)
            torch.manual_seed(1);
        var sparse = Fit(options);
        Assert.AreEqual(own.Architecture.TakesSparseRows, sparse.GetNeuralNetwork().Input.IsSparse);
        if (own.Architecture is CustomArchitecture)
            torch.manual_seed(1);
        var dense = Fit(options with { MultipliesSparseRows = false });
        Assert.IsFalse(dense.GetNeuralNetwork().Input.IsSparse);

        AssertClose(EveryTask.Scores(dense, view), EveryTask.Scores(sparse, view), 2e-4);
        if (own.Architecture is not CustomArchitecture)
            SmallNetwork.AssertEqual(EveryTask.Weights(sparse), EveryTask.Weights(Fit(options with { DataCaching = DataCaching.None, ShufflePoolRows = Rows })));
        Check(own with { LearningRate = ((ArchitectureCase)architecture).LearningRate }, task, RegularizationRecipe.None);

        ITransformer Fit(NeuralNetworkOptions chosen) => EveryTask.Trainer(new MLContext(seed: 2), task, chosen).Fit(view);
    }

    [TestMethod]
    [DynamicData(nameof(Quiet))]
    public void Libtorch_gives_the_same_outputs(object architecture, string taskName)
    {
        var (own, task) = ((ArchitectureCase)architecture, LearningTasks.Find(taskName)!);
        var network = own.Trainer(task, RegularizationRecipe.None, epochs: 2).Fit(View()).GetNeuralNetwork();
        using var torchNetwork = network.Architecture.CreateNetwork(network.FilledInput, network.Outputs, new NetworkBuilder(network.Recipe, RandomKey.FromSeed(0)));
        if (network.Outcome.InputScaler is { } scaler)
            torchNetwork.ScaleInputs(scaler);
        network.Outcome.Weights.CopyTo(torchNetwork);
        using var pass = torchNetwork.Begin(isTraining: false);
        var floats = Floats(own, network);

        var expected = torchNetwork.forward(torch.tensor(floats.SelectMany(row => row).ToArray(), [floats.Count, network.FilledInput.Width])).data<float>().ToArray();

        for (var row = 0; row < floats.Count; row++)
        {
            var outputs = new float[network.Outputs];
            network.Scorer.Score(floats[row], outputs);
            Closeness.AssertClose(expected.AsSpan(row * network.Outputs, network.Outputs), outputs, 1e-5, $"row {row}");
        }
    }

    [TestMethod]
    [DynamicData(nameof(Quiet))]
    public void A_batch_gives_the_outputs_of_its_rows(object architecture, string taskName)
    {
        var (own, task) = ((ArchitectureCase)architecture, LearningTasks.Find(taskName)!);
        var network = own.Trainer(task, RegularizationRecipe.None, epochs: 1).Fit(View()).GetNeuralNetwork();
        var floats = Floats(own, network);
        foreach (var count in new[] { 1, 2, 13, Rows })
        {
            var outputs = new float[count * network.Outputs];
            network.Scorer.Score(floats.Take(count).SelectMany(row => row).ToArray(), count, outputs);

            for (var row = 0; row < count; row++)
            {
                var expected = new float[network.Outputs];
                network.Scorer.Score(floats[row], expected);
                Closeness.AssertClose(expected.AsSpan(), outputs.AsSpan(row * network.Outputs, network.Outputs), 5e-6, $"row {row} of {count}");
            }
        }
    }

    /// <summary>A trainer of a task on the rows of <see cref="Example"/>.</summary>
    internal static IEstimator<ITransformer> Trainer(NetworkArchitecture architecture, LearningTask task, RegularizationRecipe? recipe = null) =>
        new ArchitectureCase(architecture, nameof(Example.Features)).Trainer(task, recipe ?? RegularizationRecipe.None, epochs: 15);

    // Trains, and checks what holds whatever the noise.
    private static ITransformer Check(ArchitectureCase own, LearningTask task, RegularizationRecipe recipe)
    {
        var (rows, view) = (InputExample.Of(Rows), View());
        var trainer = own.Trainer(task, recipe, Epochs(recipe));
        ITransformer model = null!;
        var left = LiveTensors.LeftBy(() => model = trainer.Fit(view));
        var network = model.GetNeuralNetwork();
        Assert.AreEqual(LeftByModules(own.Architecture, network), left, "Tensors were left.");
        var expected = own.Architecture.ForTask(EveryTask.HasClasses(task));
        Assert.AreEqual(expected, network.Architecture);
        Assert.AreEqual(task, network.Task);
        Assert.AreEqual(own.Architecture.ScoresInManagedCode, network.Scorer is not TorchScorer);
        Assert.IsLessThan(network.History.Epochs[0].TrainingLoss, network.History.Epochs[^1].TrainingLoss);

        using var file = new MemoryStream();
        new MLContext().Model.Save(model, view.Schema, file);
        file.Position = 0;
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out _);
        Assert.AreEqual(expected, loaded.GetNeuralNetwork().Architecture);
        var scores = EveryTask.Scores(model, view);

        // Targets have a deviation of 8, and outputs are rounded before they get it. Longer texts in the same block move what a text's sums are rounded to.
        var tolerance = !EveryTask.HasClasses(task) ? 1e-5 : network.Input.Text is null ? 1e-6 : 2e-6;
        AssertClose(scores, EveryTask.Scores(loaded, view), tolerance);

        var few = rows.Take(3).ToList();
        AssertClose([.. scores.Take(3)], few.ConvertAll(row => EveryTask.Scores(loaded, fresh.Data.LoadFromEnumerable(new[] { row }))[0]), tolerance);
        AssertClose(scores, EveryTask.HasVectors(loaded.GetOutputSchema(view.Schema)) ? Engine<Numbers>(row => row.Score) : Engine<Number>(row => [row.Score]), tolerance);
        (loaded as IDisposable)?.Dispose();
        return model;

        List<float[]> Engine<T>(Func<T, float[]> read)
            where T : class, new()
        {
            using var engine = fresh.Model.CreatePredictionEngine<InputExample, T>(loaded, new PredictionEngineOptions { OwnsTransformer = false });
            return rows.ConvertAll(row => read(engine.Predict(row)));
        }
    }

    // TorchSharp's own modules leave tensors: see ModuleParameter.
    internal static long LeftByModules(NetworkArchitecture architecture, TrainedNetwork trained) => architecture is CustomArchitecture
        ? LiveTensors.LeftBy(() => architecture.CreateNetwork(trained.Input, trained.Outputs, new NetworkBuilder(trained.Recipe, default)).Dispose())
        : 0;

    // Noise hides the fall of the loss for a while.
    private static int Epochs(RegularizationRecipe recipe) => recipe == RegularizationRecipe.None ? 12 : 8;

    private static IDataView View() => new MLContext().Data.LoadFromEnumerable(InputExample.Of(Rows));

    private static double Norm(ITransformer model) => EveryTask.Weights(model).Sum(tensor => tensor.Sum(value => (double)value * value));

    private static string? WhyRefused(ArchitectureCase own, RegularizationRecipe noise)
    {
        try
        {
            own.Architecture.CheckRecipe(new MLContext(), noise);
            return null;
        }
        catch (ArgumentOutOfRangeException error)
        {
            return error.Message;
        }
    }

    private static List<float[]> Floats(ArchitectureCase own, TrainedNetwork network)
    {
        var view = View();
        var columns = InputColumns.Find(new MLContext(), view.Schema, own.FeatureColumnName, network.Input);
        using var cursor = view.GetRowCursor(columns.All);
        var reader = columns.Open(cursor);
        var rows = new List<float[]>();
        while (cursor.MoveNext())
        {
            var row = new float[network.Input.Width];
            Assert.IsTrue(reader.TryRead(row, out var fault), fault);
            rows.Add(Filled(row));
        }

        return rows;

        float[] Filled(float[] row)
        {
            if (network.Outcome.Imputation is not { } imputation)
                return row;
            var filled = new float[network.FilledInput.Width];
            imputation.Apply(row, filled);
            return filled;
        }
    }

    private static void AssertClose(List<float[]> expected, List<float[]> actual, double tolerance)
    {
        Assert.HasCount(expected.Count, actual);
        for (var row = 0; row < expected.Count; row++)
            Closeness.AssertClose(expected[row].AsSpan(), actual[row], tolerance, $"row {row}");
    }

    private sealed class Numbers
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class Number
    {
        public float Score { get; set; }
    }
}
