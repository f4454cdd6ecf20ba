using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Scoring;

/// <summary>
/// Every architecture's model, and a Monte-Carlo chain of it, serves on when engines that own it, copies of it and scopes of the caller are disposed of, also
/// while it scores.
/// </summary>
[TestClass]
public sealed class ModelLifetimeProtocol
{
    private const int Threads = 4;

    private static readonly List<InputExample> Rows = InputExample.Of(12);

    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Architectures => ArchitectureCases.All.Select(one => new object[] { one });

    // Without noise, and with the first that it admits, which a Monte-Carlo chain repeats.
    private static IEnumerable<object[]> Models =>
        Architectures.Select(one => new[] { one[0], RegularizationRecipe.None })
            .Concat(ArchitectureProtocol.Noisy.DistinctBy(row => row[0]).Select(row => new[] { row[0], row[2] }));

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Engines_come_and_go_and_the_model_serves_on(object architecture, RegularizationRecipe noise)
    {
        var model = Fit((ArchitectureCase)architecture, noise);
        var expected = Predictions(model);

        AssertEqual(expected, Predictions(model));

        var loaded = SaveAndLoad(model);
        AssertEqual(expected, Predictions(loaded));
        AssertEqual(expected, Predictions(loaded));
    }

    [TestMethod]
    [DynamicData(nameof(Models))]
    public void Disposed_while_threads_predict_it_predicts_the_same(object architecture, RegularizationRecipe noise)
    {
        var model = Fit((ArchitectureCase)architecture, noise);
        var expected = Predictions(model);
        using var start = new Barrier(Threads + 1);
        var left = Threads;
        var actual = new List<float[]>[Threads];
        var errors = new Exception?[Threads];
        var threads = Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                // The even ones score blocks of a view, the odd ones are asked for one row after another.
                actual[thread] = thread % 2 == 0 ? Scores(model) : Predictions(model, engineOwnsModel: false);
            }
            catch (Exception exception)
            {
                errors[thread] = exception;
            }

            Interlocked.Decrement(ref left);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        start.SignalAndWait();
        while (Volatile.Read(ref left) > 0)
            model.Dispose();
        threads.ForEach(thread => thread.Join());

        CollectionAssert.AreEqual(new Exception?[Threads], errors);
        foreach (var predictions in actual)
            AssertEqual(expected, predictions);
    }

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void A_copy_with_another_threshold_leaves_the_original_its_network(object architecture)
    {
        var original = (NeuralNetworkBinaryTransformer)((ArchitectureCase)architecture)
            .Trainer(LearningTask.BinaryClassification, RegularizationRecipe.None, epochs: 1).Fit(_ml.Data.LoadFromEnumerable(Rows));
        var expected = Predictions(original);
        using (var engine = _ml.Model.CreatePredictionEngine<InputExample, Number>(_ml.BinaryClassification.ChangeModelThreshold(original, 1f)))
            Assert.AreEqual(expected[0][0], engine.Predict(Rows[0]).Score, 1e-6f);

        AssertEqual(expected, Predictions(original));
    }

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void A_scope_of_the_caller_does_not_take_the_network_with_it(object architecture)
    {
        TransformerChain<ITransformer> model;
        using (torch.NewDisposeScope())
            model = Fit((ArchitectureCase)architecture, RegularizationRecipe.None);
        var expected = Predictions(model);
        using (torch.NewDisposeScope())
            AssertEqual(expected, Scores(model));

        AssertEqual(expected, Scores(model));
        model.Dispose();
    }

    [TestMethod]
    [DynamicData(nameof(Models))]
    [DoNotParallelize]
    public void Engines_that_are_gone_leave_no_tensor(object architecture, RegularizationRecipe noise)
    {
        var own = (ArchitectureCase)architecture;
        var trained = Fit(own, noise);
        var byModules = ArchitectureProtocol.LeftByModules(own.Architecture, trained.GetNeuralNetwork());
        trained.Dispose();
        var model = SaveAndLoad(trained);
        Assert.AreEqual(byModules, LiveTensors.LeftBy(() => Predictions(model)));

        // ML.NET disposes of a model once; what is predicted after that holds one network until it is collected, however many engines there are.
        Predictions(model);
        Assert.AreEqual(0, LiveTensors.LeftBy(() => Predictions(model)));
    }

    private TransformerChain<ITransformer> Fit(ArchitectureCase own, RegularizationRecipe noise)
    {
        var rows = _ml.Data.LoadFromEnumerable(Rows);
        var model = own.Trainer(LearningTask.Regression, noise, epochs: 1).Fit(rows);
        var chain = new TransformerChain<ITransformer>(model);
        return noise == RegularizationRecipe.None
            ? chain
            : chain.Append<ITransformer>(_ml.Transforms.MonteCarlo(model.GetNeuralNetwork(), own.FeatureColumnName, passes: 3, seed: 1).Fit(rows));
    }

    private ITransformer SaveAndLoad(ITransformer model)
    {
        using var file = new MemoryStream();
        _ml.Model.Save(model, _ml.Data.LoadFromEnumerable(Rows).Schema, file);
        file.Position = 0;
        return new MLContext().Model.Load(file, out _);
    }

    // What an engine predicts that is made for the purpose; by default it disposes of the model.
    private List<float[]> Predictions(ITransformer model, bool engineOwnsModel = true) => HasSpread(model)
        ? Predictions<Spread>(model, engineOwnsModel, row => [row.Score, row.ScoreMean, row.ScoreDeviation])
        : Predictions<Number>(model, engineOwnsModel, row => [row.Score]);

    private List<float[]> Predictions<T>(ITransformer model, bool engineOwnsModel, Func<T, float[]> read)
        where T : class, new()
    {
        var options = new PredictionEngineOptions { OwnsTransformer = engineOwnsModel };
        using var engine = _ml.Model.CreatePredictionEngine<InputExample, T>(model, options);
        return Rows.ConvertAll(row => read(engine.Predict(row)));
    }

    private List<float[]> Scores(ITransformer model)
    {
        var view = model.Transform(_ml.Data.LoadFromEnumerable(Rows));
        var columns = (HasSpread(model) ? new[] { "Score", "ScoreMean", "ScoreDeviation" } : ["Score"]).Select(name => view.GetColumn<float>(name).ToList()).ToList();
        return [.. Rows.Select((_, row) => columns.Select(column => column[row]).ToArray())];
    }

    private static bool HasSpread(ITransformer model) => model is IEnumerable<ITransformer> chain && chain.Last() is MonteCarloTransformer;

    private static void AssertEqual(List<float[]> expected, List<float[]> actual)
    {
        Assert.HasCount(expected.Count, actual);
        for (var row = 0; row < expected.Count; row++)
            Closeness.AssertClose(expected[row].AsSpan(), actual[row], 1e-5, $"row {row}");
    }

    private sealed class Number
    {
        public float Score { get; set; }
    }

    private sealed class Spread
    {
        public float Score { get; set; }

        public float ScoreMean { get; set; }

        public float ScoreDeviation { get; set; }
    }
}
