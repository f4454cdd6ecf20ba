using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Networks;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Scoring.MonteCarlo;

/// <summary>Monte-Carlo prediction as a part of ordinary ML.NET models.</summary>
[TestClass]
public sealed class MonteCarloTransformerTests
{
    private static readonly RegularizationRecipe Noisy = RegularizationRecipe.None with { Dropout = 0.2 };

    private readonly MLContext _ml = new(seed: 1);

    public static IEnumerable<object[]> Cases =>
        from task in LearningTasks.All
        from architecture in new NetworkArchitecture[] { NetworkArchitecture.Mlp(16, 8), NetworkArchitecture.ResidualMlp(8, 2) }
        select new object[] { task.ToString(), architecture };

    [TestMethod]
    public void Rows_are_read_on_the_thread_that_asks_so_that_a_cursor_that_is_abandoned_keeps_none()
    {
        var network = _ml.Fit(SmallNetwork.Options with { MaxEpochs = 1, Recipe = Noisy }, _ml.Rows(20)).GetNeuralNetwork();
        var threads = new List<int>();
        var rows = _ml.Data.LoadFromEnumerable(Read());
        var view = _ml.Transforms.MonteCarlo(network, passes: 2).Fit(rows).Transform(rows);
        Assert.HasCount(20, view.GetColumn<float[]>("ScoreMean").ToList());

        Assert.HasCount(20, threads);
        Assert.IsTrue(threads.TrueForAll(thread => thread == Environment.CurrentManagedThreadId));

        IEnumerable<Example> Read()
        {
            foreach (var row in Example.Clusters(20))
            {
                threads.Add(Environment.CurrentManagedThreadId);
                yield return row;
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Files_engines_and_parallel_cursors_give_the_same(string taskName, NetworkArchitecture architecture)
    {
        var task = LearningTasks.Find(taskName)!;
        var recipe = architecture is ResidualMlpArchitecture ? Noisy with { StochasticDepth = new StochasticDepth() } : Noisy;
        var rows = Example.Clusters(100);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var trained = ArchitectureProtocol.Trainer(architecture, task, recipe).Fit(view);
        var model = trained.Append(_ml.Transforms.MonteCarlo(trained.GetNeuralNetwork()));
        var spread = Read(model.Transform(view));
        Assert.IsTrue(spread.All(row => row.Deviation.All(value => value > 0)));

        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out _);
        AssertEqual(spread, Read(loaded.Transform(view)));

        // What is added to a loaded model, with the seed that the saved one drew by.
        using var plain = new MemoryStream();
        _ml.Model.Save(trained, view.Schema, plain);
        plain.Position = 0;
        var bare = fresh.Model.Load(plain, out _);
        AssertEqual(spread, Read(bare.Append(fresh.Transforms.MonteCarlo(bare.GetNeuralNetwork(), seed: 1)).Transform(view)));
        AssertDiffer(spread, Read(bare.Append(fresh.Transforms.MonteCarlo(bare.GetNeuralNetwork(), seed: 2)).Transform(view)));

        var scored = loaded.Transform(_ml.Data.Cache(view));
        var parallel = scored.GetRowCursorSet(scored.Schema, 4);
        var parts = new List<Spread>[parallel.Length];
        Parallel.For(0, parts.Length, part =>
        {
            using var cursor = parallel[part];
            parts[part] = Read(cursor);
        });
        AssertEqual(spread, [.. parts.SelectMany(part => part).OrderBy(row => row.Id)]);
        using (var shuffled = scored.GetRowCursor(scored.Schema, new Random(1)))
            AssertEqual(spread, [.. Read(shuffled).OrderBy(row => row.Id)]);

        foreach (var chain in new[] { model, loaded })
        {
            var single = task == LearningTask.MulticlassClassification ? Engine<VectorSpread>(chain, row => (row.ScoreMean, row.ScoreDeviation))
                : Engine<ScalarSpread>(chain, row => ([row.ScoreMean], [row.ScoreDeviation]));
            AssertEqual(spread, single);
        }

        List<Spread> Engine<T>(ITransformer chain, Func<T, (float[] Mean, float[] Deviation)> read)
            where T : class, new()
        {
            using var engine = fresh.Model.CreatePredictionEngine<Example, T>(chain);
            return rows.ConvertAll(row =>
            {
                var (mean, deviation) = read(engine.Predict(row));
                return new Spread(row.Id, [.. mean], [.. deviation]);
            });
        }
    }

    [TestMethod]
    public void Probabilities_are_named_by_their_classes_and_add_up_to_one()
    {
        var view = _ml.Rows(90);
        var model = _ml.Transforms.Conversion.MapValueToKey("Key", "Name")
            .Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with { Recipe = Noisy, LabelColumnName = "Key" })).Fit(view);
        var monteCarlo = _ml.Transforms.MonteCarlo(model.GetNeuralNetwork(), meanColumnName: "Mean", deviationColumnName: "Spread");
        var scored = model.Append(monteCarlo).Transform(view);

        foreach (var column in new[] { "Mean", "Spread" })
        {
            VBuffer<ReadOnlyMemory<char>> names = default;
            scored.Schema[column].GetSlotNames(ref names);
            CollectionAssert.AreEqual(new[] { "class 0", "class 1", "class 2" }, names.DenseValues().Select(name => name.ToString()).ToArray());
        }

        Assert.IsTrue(scored.GetColumn<float[]>("Mean").All(mean => Math.Abs(mean.Sum() - 1) < 1e-5));

        // Without the model's own score nothing names them.
        Assert.IsFalse(monteCarlo.Fit(view).Transform(view).Schema["Mean"].HasSlotNames());
        CollectionAssert.AreEqual(
            scored.GetColumn<float[]>("Mean").SelectMany(mean => mean).ToList(),
            monteCarlo.Fit(view).Transform(view).GetColumn<float[]>("Mean").SelectMany(mean => mean).ToList());
    }

    [TestMethod]
    public void The_model_scores_as_before()
    {
        var view = _ml.Rows(60);
        var trained = _ml.Fit(SmallNetwork.Options with { Recipe = Noisy }, view);
        var model = trained.Append(_ml.Transforms.MonteCarlo(trained.Model.Network));

        SmallNetwork.AssertEqual(SmallNetwork.Scores(trained.Transform(view)), SmallNetwork.Scores(model.Transform(view)));
        Assert.AreSame(trained.Model.Network, model.GetNeuralNetwork());
        Assert.AreEqual(
            _ml.MulticlassClassification.Evaluate(trained.Transform(view)).LogLoss, _ml.MulticlassClassification.Evaluate(model.Transform(view)).LogLoss);
    }

    [TestMethod]
    public void A_row_is_asked_for_its_features_once_and_only_where_the_spread_is_wanted()
    {
        var view = _ml.Rows(50);
        var trained = _ml.Fit(SmallNetwork.Options with { Recipe = Noisy }, view);
        var reads = 0;
        var counted = _ml.Transforms.CustomMapping<Example, Counted>(
            (source, target) =>
            {
                Interlocked.Increment(ref reads);
                target.Copy = source.Features;
            },
            contractName: null).Fit(view).Transform(view);
        var spread = _ml.Transforms.MonteCarlo(trained.Model.Network, "Copy", passes: 3).Fit(counted).Transform(counted);

        _ = spread.GetColumn<int>("Id").ToList();
        Assert.AreEqual(0, reads);
        _ = _ml.Data.CreateEnumerable<VectorSpread>(spread, reuseRowObject: false).ToList();
        Assert.AreEqual(50, reads);
    }

    [TestMethod]
    public void Rows_unlike_the_training_rows_spread_more()
    {
        // A curve that is known between -1 and 1.
        var random = new Random(4);
        var known = Enumerable.Range(0, 300).Select(_ => Curve(2 * random.NextSingle() - 1)).ToList();
        var model = _ml.Regression.Trainers.NeuralNetwork(new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(64, 64),
            Recipe = RegularizationRecipe.None with { Dropout = 0.1 },
            InputScaling = InputScaling.Standardize,
            LearningRate = 0.005,
            MaxEpochs = 60,
        }).Fit(_ml.Data.LoadFromEnumerable(known));
        var spread = model.Append(_ml.Transforms.MonteCarlo(model.Model.Network, passes: 200));
        var inside = MeanDeviation(x => 2 * x - 1);
        var outside = MeanDeviation(x => 3 + x);
        Assert.IsTrue(outside > 2 * inside, $"{outside} against {inside}");

        double MeanDeviation(Func<float, float> place) => spread
            .Transform(_ml.Data.LoadFromEnumerable(Enumerable.Range(0, 50).Select(i => Curve(place(i / 49f)))))
            .GetColumn<float>("ScoreDeviation").Average();

        static Point Curve(float x) => new() { Features = [x], Label = MathF.Sin(3 * x) };
    }

    [TestMethod]
    public void The_seed_is_the_contexts_or_is_kept()
    {
        var trained = _ml.Fit(SmallNetwork.Options with { Recipe = Noisy, MaxEpochs = 1 }, _ml.Rows(30));
        var network = trained.Model.Network;

        Assert.AreEqual(1, _ml.Transforms.MonteCarlo(network).Options.Seed);
        Assert.AreEqual(7, _ml.Transforms.MonteCarlo(network, seed: 7).Options.Seed);
        Assert.IsNotNull(new MLContext().Transforms.MonteCarlo(network).Options.Seed);
    }

    [TestMethod]
    public void Both_overloads_have_the_same_defaults()
    {
        var network = _ml.Fit(SmallNetwork.Options with { Recipe = Noisy, MaxEpochs = 1 }, _ml.Rows(30)).Model.Network;

        Assert.AreEqual(_ml.Transforms.MonteCarlo(network, new MonteCarloOptions()).Options, _ml.Transforms.MonteCarlo(network).Options);
    }

    private static List<Spread> Read(IDataView view)
    {
        using var cursor = view.GetRowCursor(view.Schema);
        return Read(cursor);
    }

    private static List<Spread> Read(DataViewRowCursor cursor)
    {
        var id = cursor.GetGetter<int>(cursor.Schema["Id"]);
        var (mean, deviation) = (Reader(cursor, "ScoreMean"), Reader(cursor, "ScoreDeviation"));
        var rows = new List<Spread>();
        while (cursor.MoveNext())
        {
            var number = 0;
            id(ref number);
            // The deviation is asked for first: neither column may rely on the other.
            var second = deviation();
            rows.Add(new Spread(number, mean(), second));
        }

        return rows;
    }

    private static Func<float[]> Reader(DataViewRowCursor cursor, string column)
    {
        if (cursor.Schema[column].Type is VectorDataViewType)
        {
            var vector = cursor.GetGetter<VBuffer<float>>(cursor.Schema[column]);
            return () =>
            {
                VBuffer<float> value = default;
                vector(ref value);
                return [.. value.DenseValues()];
            };
        }

        var scalar = cursor.GetGetter<float>(cursor.Schema[column]);
        return () =>
        {
            var value = 0f;
            scalar(ref value);
            return [value];
        };
    }

    private static void AssertEqual(List<Spread> expected, List<Spread> actual)
    {
        Assert.HasCount(expected.Count, actual);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.AreEqual(expected[i].Id, actual[i].Id);
            CollectionAssert.AreEqual(expected[i].Mean, actual[i].Mean);
            CollectionAssert.AreEqual(expected[i].Deviation, actual[i].Deviation);
        }
    }

    private static void AssertDiffer(List<Spread> first, List<Spread> second) =>
        Assert.IsTrue(first.Zip(second).Any(pair => !pair.First.Deviation.SequenceEqual(pair.Second.Deviation)));

    private sealed record Spread(int Id, float[] Mean, float[] Deviation);

    private sealed class VectorSpread
    {
        public float[] ScoreMean { get; set; } = [];

        public float[] ScoreDeviation { get; set; } = [];
    }

    private sealed class ScalarSpread
    {
        public float ScoreMean { get; set; }

        public float ScoreDeviation { get; set; }
    }

    private sealed class Counted
    {
        [VectorType(Example.FeatureCount)]
        public float[] Copy { get; set; } = [];
    }

    private sealed class Point
    {
        [VectorType(1)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
