using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

/// <summary>Rows that are read anew in every epoch train the same network, bit for bit, as the same rows in memory in the same order.</summary>
[TestClass]
public sealed class DataCachingTests
{
    private const int PoolRows = 37;

    private static readonly NeuralNetworkOptions Options = SmallNetwork.Options with
    {
        MaxEpochs = 4, BatchSize = 16, ShufflePoolRows = PoolRows, RowCaching = new RowCaching { CachedPoolRows = PoolRows },
    };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(1)]
    [DataRow(16)]
    [DataRow(120)]
    [DataRow(1_000_000)]
    public void Whatever_the_pool_holds(int poolRows) =>
        AssertSame(Options with { ShufflePoolRows = poolRows, RowCaching = new RowCaching { CachedPoolRows = poolRows } }, _ml.Rows(120));

    [TestMethod]
    [DataRow(InputScaling.None)]
    [DataRow(InputScaling.Standardize)]
    public void Whatever_the_scaling_of_the_inputs(InputScaling scaling) => AssertSame(Options with { InputScaling = scaling }, _ml.Rows(121));

    [TestMethod]
    public void With_pixels_of_which_each_takes_a_byte_in_memory()
    {
        var random = new Random(1);
        Pixels[] rows = [.. Enumerable.Range(0, 500).Select(row => new Pixels
        {
            Features = [.. Enumerable.Range(0, 300).Select(_ => (random.Next(256) + row % 3 - 127.5f) / 127.5f)], Label = row % 3 == 0,
        })];

        AssertSame(
            options => _ml.BinaryClassification.Trainers.NeuralNetwork(options),
            Options with { MaxEpochs = 2, Recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { RetrainsOnAllRows = false } } },
            _ml.Data.LoadFromEnumerable(rows));
    }

    [TestMethod]
    public void With_weights_of_rows_and_of_classes() =>
        AssertSame(Options with { ExampleWeightColumnName = "Weight", ClassWeights = ClassWeights.Balanced }, _ml.Rows(121));

    [TestMethod]
    public void With_soft_labels() => AssertSame(Options with { LabelColumnName = "Soft", Recipe = RegularizationRecipe.None with { LabelSmoothing = 0.1 } }, _ml.Rows(121));

    [TestMethod]
    public void In_a_regression() => AssertSame(
        options => _ml.Regression.Trainers.NeuralNetwork(options),
        Options with { LabelColumnName = "Target", ExampleWeightColumnName = "Weight" },
        _ml.Rows(121),
        _ml.Rows(50, seed: 2));

    [TestMethod]
    public void In_a_binary_classification() => AssertSame(
        options => _ml.BinaryClassification.Trainers.NeuralNetwork(options),
        Options with { LabelColumnName = "Flag", ExampleWeightColumnName = "Weight" },
        _ml.Rows(121),
        _ml.Rows(50, seed: 2));

    [TestMethod]
    public void With_early_stopping_on_marked_rows_and_training_anew_on_all()
    {
        var recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { Patience = 2, RetrainsOnAllRows = true } };
        var marked = _ml.Data.Augment(_ml.Rows(150), new HoldOutOptions { Fraction = 0.3 });
        var history = AssertSame(Options with { Recipe = recipe, MaxEpochs = 60 }, marked);
        Assert.AreEqual(StopReason.PatienceExhausted, history.StopReason);
        Assert.HasCount(history.ModelEpoch, history.RetrainingEpochs);
    }

    [TestMethod]
    public void With_a_validation_set() => AssertSame(Options, _ml.Rows(121), _ml.Rows(50, seed: 2));

    [TestMethod]
    [DataRow(LabelMode.Soft)]
    [DataRow(LabelMode.WeightedPairs)]
    public void With_rows_mixed_before_and_after_validation_rows_are_marked(LabelMode mode)
    {
        var marked = _ml.Data.Augment(_ml.Rows(150), new HoldOutOptions { Fraction = 0.3 });
        var options = Options with { Recipe = RegularizationRecipe.None with { UnmixedEpochs = 1 }, ExampleWeightColumnName = "Weight" };
        AssertSame(options, _ml.Data.Augment(marked, new MixupOptions { Alpha = 1, LabelMode = mode, ExampleWeightColumnName = "Weight" }));
    }

    [TestMethod]
    public void With_augmentations_in_the_recipe()
    {
        var recipe = RegularizationRecipe.None with { Augmentations = [new MixupOptions { Alpha = 1 }, new GaussianNoiseOptions { Scale = 0.3 }] };
        AssertSame(Options with { Recipe = recipe }, _ml.Data.Augment(_ml.Rows(150), new HoldOutOptions { Fraction = 0.3 }));
        AssertSame(Options with { Recipe = recipe }, _ml.Rows(150));
    }

    [TestMethod]
    [DataRow(129)]
    [DataRow(130)]
    public void With_batch_normalization_and_averaged_weights(int count)
    {
        // 129 rows in batches of 16 leave a single one.
        var architecture = NetworkArchitecture.Mlp(16) with { Normalization = Normalization.Batch };
        foreach (var averaging in new WeightAveraging[] { WeightAveraging.Stochastic(0.5), WeightAveraging.Exponential(0.9) })
            AssertSame(Options with { Architecture = architecture, Recipe = RegularizationRecipe.None with { WeightAveraging = averaging } }, _ml.Rows(count));
    }

    [TestMethod]
    public void In_the_range_test_of_learning_rates()
    {
        var cached = _ml.MulticlassClassification.Trainers.NeuralNetwork(Options).FindLearningRate(_ml.Rows(120));
        var streamed = _ml.MulticlassClassification.Trainers.NeuralNetwork(Options with { DataCaching = DataCaching.None }).FindLearningRate(_ml.Rows(120));
        Assert.AreEqual(cached, streamed);
    }

    [TestMethod]
    public void A_fraction_of_every_class_is_validated_on()
    {
        var options = Options with { DataCaching = DataCaching.None, ValidationFraction = 0.25, MaxEpochs = 2 };
        var history = _ml.Fit(options, _ml.Rows(2000)).Model.History;
        Assert.AreEqual(2000, history.TrainingRows + history.ValidationRows);
        // Of 667, 667 and 666 rows.
        Assert.AreEqual(500, history.ValidationRows, 2);
        Assert.AreEqual(history, _ml.Fit(options, _ml.Rows(2000)).Model.History with { Epochs = history.Epochs, RetrainingEpochs = history.RetrainingEpochs });
    }

    [TestMethod]
    public void With_a_fraction_of_every_class()
    {
        var recipe = RegularizationRecipe.None with { EarlyStopping = new EarlyStopping { RetrainsOnAllRows = false } };
        AssertSame(Options with { Recipe = recipe }, _ml.Rows(121));
        AssertSame(Options with { Recipe = recipe, LabelColumnName = "Soft" }, _ml.Rows(121));
        AssertSame(Options with { Recipe = recipe with { Augmentations = [new MixupOptions { Alpha = 1 }] } }, _ml.Rows(121));
        AssertSame(Options with { Recipe = recipe }, _ml.Data.Augment(_ml.Rows(121), new MixupOptions { Alpha = 1 }));
        AssertSame(options => _ml.Regression.Trainers.NeuralNetwork(options), Options with { Recipe = recipe, LabelColumnName = "Target" }, _ml.Rows(121));
    }

    [TestMethod]
    public void By_default_rows_stay_in_memory_while_they_fit()
    {
        // A row takes four features and a class of 4 bytes each.
        foreach (var (budget, isCached) in new[] { (20L * 120, true), (20L * 118, false) })
        {
            var (reads, log) = (0, new LogRecorder(_ml));
            var options = Options with { DataCaching = DataCaching.Auto, RowCaching = Options.RowCaching with { Budget = budget } };
            var model = _ml.Fit(options, _ml.Data.LoadFromEnumerable(Counted()));
            Assert.AreEqual(isCached, reads == 1, $"{reads} reads within {budget} bytes");
            Assert.IsTrue(log.Messages.Any(message => message.Contains(isCached ? "kept in memory" : "read anew in every epoch")));
            SmallNetwork.AssertEqual(SmallNetwork.Weights(_ml.Fit(Options with { DataCaching = DataCaching.Memory }, _ml.Rows(120)).Model), SmallNetwork.Weights(model.Model));

            IEnumerable<Example> Counted()
            {
                reads++;
                foreach (var row in Example.Clusters(120))
                    yield return row;
            }
        }
    }

    [TestMethod]
    [DataRow(DataCaching.Memory)]
    [DataRow(DataCaching.None)]
    public void Cancelled_while_rows_are_first_read_there_is_no_model(DataCaching caching)
    {
        using var source = new CancellationTokenSource();
        var read = 0;
        var options = Options with { DataCaching = caching, CancellationToken = source.Token };
        Assert.Throws<OperationCanceledException>(() => _ml.Fit(options, _ml.Data.LoadFromEnumerable(Endless())));
        Assert.AreEqual(500, read);

        IEnumerable<Example> Endless()
        {
            var rows = Example.Clusters(10);
            while (true)
            {
                if (++read == 500)
                    source.Cancel();
                yield return rows[read % rows.Count];
            }
        }
    }

    [TestMethod]
    [DoNotParallelize]
    public void Cancelled_while_an_epoch_is_read_the_model_is_the_best_so_far()
    {
        var isThirdEpoch = false;
        var options = Options with
        {
            DataCaching = DataCaching.None,
            MaxEpochs = 100,
            Architecture = NetworkArchitecture.Mlp(16) with { Normalization = Normalization.Batch },
            Recipe = RegularizationRecipe.None with { WeightAveraging = WeightAveraging.Exponential(0.9) },
            Progress = new SmallNetwork.Callback(epoch => isThirdEpoch = epoch.Epoch == 2),
        };
        // Of each epoch's passes, first over the training rows and then for the running statistics, either may be the one.
        foreach (var pass in new[] { 1, 2 })
        {
            var passes = 0;
            isThirdEpoch = false;
            using var cancelled = new CancellationTokenSource();
            var history = _ml.Fit(options with { CancellationToken = cancelled.Token }, _ml.Data.LoadFromEnumerable(Read())).Model.History;
            Assert.AreEqual((StopReason.Cancelled, 2, 2), (history.StopReason, history.Epochs.Count, history.ModelEpoch));

            IEnumerable<Example> Read()
            {
                passes += isThirdEpoch ? 1 : 0;
                foreach (var row in Example.Clusters(120))
                {
                    if (passes == pass && row.Id == 60)
                        cancelled.Cancel();
                    yield return row;
                }
            }
        }
    }

    [TestMethod]
    public void Sorted_rows_that_the_pool_cannot_mix_are_warned_of()
    {
        foreach (var isSorted in new[] { false, true })
        {
            var log = new LogRecorder(_ml);
            var rows = Example.Clusters(120);
            _ml.Fit(Options with { DataCaching = DataCaching.None }, _ml.Data.LoadFromEnumerable(isSorted ? rows.OrderBy(row => row.Label) : rows.Order(ById)));
            Assert.AreEqual(isSorted, log.Warnings.Any(warning => warning.Contains("come sorted")));
        }
    }

    [TestMethod]
    public void Wrong_options_are_refused()
    {
        Refuses(Options with { ShufflePoolRows = 0 }, "ShufflePoolRows", "0");
        Refuses(Options with { ShufflePoolRows = -1 }, "ShufflePoolRows", "-1");
        Refuses(Options with { DataCaching = (DataCaching)7 }, "DataCaching", "7");

        void Refuses(NeuralNetworkOptions options, string name, string value)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => _ml.MulticlassClassification.Trainers.NeuralNetwork(options));
            Assert.Contains(name, error.Message);
            Assert.Contains(value, error.Message);
        }
    }

    private static Comparer<Example> ById { get; } = Comparer<Example>.Create((a, b) => a.Id.CompareTo(b.Id));

    private TrainingHistory AssertSame(NeuralNetworkOptions options, IDataView rows, IDataView? validation = null) =>
        AssertSame(chosen => _ml.MulticlassClassification.Trainers.NeuralNetwork(chosen), options, rows, validation);

    private static TrainingHistory AssertSame<TTransformer, TModel>(
        Func<NeuralNetworkOptions, NeuralNetworkTrainer<TTransformer, TModel>> create, NeuralNetworkOptions options, IDataView rows, IDataView? validation = null)
        where TTransformer : ISingleFeaturePredictionTransformer<TModel>
        where TModel : class
    {
        var (cached, streamed) = (Fit(DataCaching.Memory), Fit(DataCaching.None));
        SmallNetwork.AssertEqual([.. cached.Weights.Select(tensor => tensor.Values.ToArray())], [.. streamed.Weights.Select(tensor => tensor.Values.ToArray())]);
        Assert.AreEqual(Figures(cached.History), Figures(streamed.History));
        return streamed.History;

        TrainedNetwork Fit(DataCaching caching)
        {
            var trainer = create(options with { DataCaching = caching });
            return (validation is null ? trainer.Fit(rows) : trainer.Fit(rows, validation)).GetNeuralNetwork();
        }
    }

    private static string Figures(TrainingHistory history) => string.Join('\n', history.Epochs.Concat(history.RetrainingEpochs).Select(
        epoch => $"{epoch.TrainingLoss:R} {epoch.GradientNorm:R} {epoch.Steps} "
            + string.Join(' ', epoch.ValidationMetrics.OrderBy(metric => metric.Key).Select(metric => $"{metric.Key} {metric.Value:R}"))))
        + $"\n{history.StopReason} {history.ModelEpoch} {history.TrainingRows} {history.ValidationRows} {history.SkippedRows}";

    private sealed class Pixels
    {
        [VectorType(300)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
