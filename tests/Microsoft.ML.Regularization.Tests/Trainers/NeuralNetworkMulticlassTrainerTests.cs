using System.Reflection;
using Microsoft.ML.Data;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Trainers;

[TestClass]
public sealed class NeuralNetworkMulticlassTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static NeuralNetworkOptions Small { get; } = new()
    {
        Architecture = NetworkArchitecture.Mlp(16, 16),
        Recipe = RegularizationRecipe.None,
        MaxEpochs = 15,
        LearningRate = 0.01,
    };

    [TestMethod]
    public void It_learns_what_can_be_learned()
    {
        // Bayes' error of three unit Gaussians whose centres are 2 sqrt 2 apart is near 12 %; guessing errs on 67 %.
        var model = Fit(Small, Rows(600));
        var metrics = _ml.MulticlassClassification.Evaluate(model.Transform(Rows(600, seed: 2)));
        Assert.IsGreaterThan(0.82, metrics.MicroAccuracy);
        Assert.IsLessThan(0.5, metrics.LogLoss);
        Assert.AreEqual(StopReason.MaxEpochs, model.Model.History.StopReason);
    }

    [TestMethod]
    [DataRow(Activation.ReLU, Normalization.None)]
    [DataRow(Activation.GELU, Normalization.Batch)]
    [DataRow(Activation.SiLU, Normalization.Layer)]
    [DataRow(Activation.Tanh, Normalization.Batch)]
    public void Every_activation_and_normalization_learns(Activation activation, Normalization normalization)
    {
        // 65 rows in batches of 16 leave a single row, which batch normalization could not take alone.
        var options = Small with
        {
            Architecture = NetworkArchitecture.Mlp(16) with { Activation = activation, Normalization = normalization },
            BatchSize = 16,
        };
        var model = Fit(options, Rows(65));
        Assert.IsLessThan(model.Model.History.Epochs[0].TrainingLoss, model.Model.History.Epochs[^1].TrainingLoss);
        Assert.IsGreaterThan(0.7, _ml.MulticlassClassification.Evaluate(model.Transform(Rows(300, seed: 2))).MicroAccuracy);
    }

    [TestMethod]
    public void A_batch_size_beyond_the_rows_is_one_batch_of_all_rows()
    {
        var exact = Fit(Small with { BatchSize = 60 }, Rows(60)).Model.Weights;
        var beyond = Fit(Small with { BatchSize = int.MaxValue }, Rows(60)).Model.Weights;
        foreach (var (a, b) in exact.Zip(beyond))
            CollectionAssert.AreEqual(a.Values.ToArray(), b.Values.ToArray());
    }

    [TestMethod]
    public void Soft_labels_train_like_the_rows_they_stand_for()
    {
        // A row labelled 3/4 a and 1/4 b has the expected loss of four rows, three of a and one of b: a linear model fits both alike.
        var rows = Example.Clusters(200);
        var repeated = rows.SelectMany(row => Enumerable.Range(0, 4).Select(i => new Example
        {
            Features = row.Features,
            Label = (uint)((row.Id + (i == 3 ? 1 : 0)) % Example.ClassCount),
        })).ToList();
        var options = Small with { Architecture = NetworkArchitecture.Mlp(), MaxEpochs = 150 };
        var soft = Fit(options with { LabelColumnName = "Soft", BatchSize = 200 }, _ml.Data.LoadFromEnumerable(rows));
        var hard = Fit(options with { BatchSize = 800 }, _ml.Data.LoadFromEnumerable(repeated));
        var test = Rows(50, seed: 3);
        foreach (var (a, b) in Scores(soft.Transform(test)).Zip(Scores(hard.Transform(test))))
        {
            for (var k = 0; k < a.Length; k++)
                Assert.AreEqual(a[k], b[k], 1e-3);
        }
    }

    [TestMethod]
    public void Example_weights_count_as_repetitions()
    {
        // A linear model on full batches: weight 3 is three copies, weight 0 is none. The normalizer of a batch is the mean weight.
        var rows = Example.Clusters(90);
        rows.ForEach(row => row.Weight = row.Id % 4 == 0 ? 3 : row.Id % 4 == 1 ? 0 : 1);
        var copies = rows.SelectMany(row => Enumerable.Range(0, (int)row.Weight).Select(_ => row)).ToList();
        var options = Small with { Architecture = NetworkArchitecture.Mlp(), MaxEpochs = 100 };
        var weighted = Fit(options with { ExampleWeightColumnName = "Weight", BatchSize = rows.Count }, _ml.Data.LoadFromEnumerable(rows));
        var repeated = Fit(options with { BatchSize = copies.Count }, _ml.Data.LoadFromEnumerable(copies));
        var test = Rows(50, seed: 3);
        foreach (var (a, b) in Scores(weighted.Transform(test)).Zip(Scores(repeated.Transform(test))))
        {
            for (var k = 0; k < a.Length; k++)
                Assert.AreEqual(a[k], b[k], 1e-3);
        }
    }

    [TestMethod]
    [DataRow("Name")]
    [DataRow("Weight")]
    [DataRow("Label")]
    public void Class_names_are_those_that_ML_NETs_own_trainers_give(string labelSource)
    {
        var rows = Rows(120);
        IEstimator<ITransformer> toKey = labelSource == "Label" ? _ml.Transforms.CopyColumns("Key", "Label") : _ml.Transforms.Conversion.MapValueToKey("Key", labelSource);
        var theirs = toKey.Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy("Key")).Fit(rows).Transform(rows).Schema;
        var options = Small with { LabelColumnName = "Key", MaxEpochs = 1 };
        var ours = toKey.Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(options)).Fit(rows).Transform(rows).Schema;
        var mixed = toKey.Append(_ml.Transforms.Mixup(labelColumnName: "Key")).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(options))
            .Fit(rows).Transform(rows).Schema;
        foreach (var name in new[] { "Score", "PredictedLabel" })
        {
            Assert.AreEqual(Describe(theirs[name]), Describe(ours[name]));
            Assert.AreEqual(Describe(theirs[name]), Describe(mixed[name]));
        }
    }

    [TestMethod]
    public void The_promised_schema_is_the_schema_of_the_predictions()
    {
        var rows = Rows(60);
        var named = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Fit(rows).Transform(rows);
        foreach (var (view, label) in new[] { (rows, "Label"), (named, "Key") })
        {
            var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(Small with { LabelColumnName = label, MaxEpochs = 1 });
            SchemaShapes.AssertEqual(SchemaShapes.Of(trainer.Fit(view).Transform(view).Schema), trainer.GetOutputSchema(SchemaShapes.Of(view.Schema)));
        }
    }

    [TestMethod]
    public void Scores_are_the_same_before_saving_after_loading_by_view_and_by_row()
    {
        var rows = Example.Clusters(200);
        var view = _ml.Data.LoadFromEnumerable(rows);
        var pipeline = _ml.Transforms.NormalizeMinMax("Features")
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.HoldOut(0.2))
            .Append(_ml.Transforms.Mixup())
            .Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Small with
            {
                Architecture = NetworkArchitecture.Mlp(16) with { Normalization = Normalization.Batch },
                Recipe = RegularizationRecipe.SmallDataset with { LabelSmoothing = 0.1, GradientClipping = GradientClipping.ByNorm() },
            }));
        var model = pipeline.Fit(view);
        var scores = Scores(model.Transform(view));

        using var file = new MemoryStream();
        _ml.Model.Save(model, view.Schema, file);
        file.Position = 0;
        var fresh = new MLContext();
        var loaded = fresh.Model.Load(file, out _);
        AssertEqual(scores, Scores(loaded.Transform(view)));

        using var before = _ml.Model.CreatePredictionEngine<Example, Prediction>(model);
        using var after = fresh.Model.CreatePredictionEngine<Example, Prediction>(loaded);
        AssertEqual(scores, rows.ConvertAll(row => before.Predict(row).Score));
        AssertEqual(scores, rows.ConvertAll(row => after.Predict(row).Score));

        var saved = model.GetNeuralNetwork();
        var read = loaded.GetNeuralNetwork();
        Assert.AreSame(model.LastTransformer.Model, saved);
        Assert.AreEqual(saved.Architecture, read.Architecture);
        Assert.AreEqual(saved.Recipe, read.Recipe);
        CollectionAssert.AreEqual(saved.History.Epochs.ToList(), read.History.Epochs.ToList());
        Assert.AreEqual(saved.History with { Epochs = [] }, read.History with { Epochs = [] });
    }

    [TestMethod]
    public void Two_fits_with_one_seed_give_bitwise_equal_weights_also_at_once()
    {
        var options = Small with { Recipe = RegularizationRecipe.SmallDataset, Architecture = NetworkArchitecture.Mlp(64, 64), Seed = 11 };
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(300));
        var expected = Weights(Fit());
        AssertEqual(expected, Weights(Fit()));

        var runs = new List<float[]>[2];
        Parallel.For(0, runs.Length, i => runs[i] = Weights(Fit()));
        AssertEqual(expected, runs[0]);
        AssertEqual(expected, runs[1]);

        Assert.AreNotEqual(expected[0][0], Weights(Fit(12))[0][0]);

        NeuralNetworkMulticlassModelParameters Fit(int seed = 11)
        {
            var ml = new MLContext(seed: seed);
            return ml.Transforms.HoldOut(0.2).Append(ml.Transforms.Mixup()).Append(ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Seed = seed }))
                .Fit(view).LastTransformer.Model;
        }
    }

    [TestMethod]
    public void Fitting_leaves_the_estimator_as_it_was()
    {
        var view = Rows(150);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(Small with
        {
            Recipe = RegularizationRecipe.SmallDataset with { EarlyStopping = new() { Patience = 2 } },
            MaxEpochs = 50,
        });
        var first = trainer.Fit(view).Model;
        Assert.AreEqual(StopReason.PatienceExhausted, first.History.StopReason);
        for (var i = 0; i < 2; i++)
        {
            var again = trainer.Fit(view).Model;
            AssertEqual(Weights(first), Weights(again));
            Assert.HasCount(first.History.Epochs.Count, again.History.Epochs);
        }
    }

    [TestMethod]
    public void No_tensor_outlives_a_fit()
    {
        var options = Small with
        {
            Architecture = NetworkArchitecture.Mlp(8, 8) with { Normalization = Normalization.Batch },
            Recipe = RegularizationRecipe.SmallDataset with { GradientClipping = GradientClipping.ByValue() },
            MaxEpochs = 3,
        };
        Fit(options, Rows(100)).Dispose();
        var before = torch.Tensor.TotalCount;
        using (var model = Fit(options, Rows(100)))
        {
            Assert.AreEqual(before, torch.Tensor.TotalCount, "the model holds no tensor");
            Assert.IsNotEmpty(Scores(model.Transform(Rows(10))));
        }

        Assert.ThrowsExactly<InvalidOperationException>(() => Fit(options with { Progress = new Callback(_ => throw new InvalidOperationException("stop")) }, Rows(100)));
        Assert.AreEqual(before, torch.Tensor.TotalCount);
    }

    [TestMethod]
    [DataRow(ValidationMetric.Loss)]
    [DataRow(ValidationMetric.Accuracy)]
    public void Early_stopping_gives_the_weights_of_the_best_epoch(ValidationMetric metric)
    {
        var (train, validation) = (Rows(60), Rows(300, seed: 5));
        var options = Small with
        {
            Architecture = NetworkArchitecture.Mlp(64, 64),
            Recipe = RegularizationRecipe.None with { EarlyStopping = new() { Patience = 4, Metric = metric } },
            MaxEpochs = 200,
        };
        var model = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(train, validation);
        var history = model.Model.History;
        Assert.AreEqual(StopReason.PatienceExhausted, history.StopReason);
        Assert.HasCount(history.ModelEpoch + 4, history.Epochs);
        var best = history.Epochs[history.ModelEpoch - 1];
        Assert.AreEqual(
            metric == ValidationMetric.Loss ? history.Epochs.MinBy(epoch => epoch.ValidationLoss) : history.Epochs.MaxBy(epoch => epoch.ValidationAccuracy), best);

        // ML.NET's evaluator is a second implementation of both metrics, on the model's own scores.
        var metrics = _ml.MulticlassClassification.Evaluate(model.Transform(validation));
        Assert.AreEqual(best.ValidationLoss!.Value, metrics.LogLoss, 1e-4);
        Assert.AreEqual(best.ValidationAccuracy!.Value, metrics.MicroAccuracy, 1e-9);
        Assert.AreEqual(300, history.ValidationRows);
    }

    [TestMethod]
    public void Validation_rows_come_from_the_set_then_the_marks_then_the_fraction()
    {
        var (view, set) = (Rows(300), Rows(50, seed: 5));
        var options = Small with { MaxEpochs = 1, ValidationFraction = 0.2 };
        Assert.AreEqual((240, 60), Counts(options, marks: false));
        Assert.AreEqual((300, 50), Counts(options with { ValidationSet = set }, marks: false));
        var marked = _ml.Data.Augment(view, new HoldOutOptions { Fraction = 0.4 }).GetColumn<bool>(HoldOutOptions.MarkColumnName).Count(mark => mark);
        Assert.AreEqual((300 - marked, marked), Counts(options, marks: true));
        Assert.AreEqual((300, 50), Counts(options with { ValidationSet = set }, marks: true));
        Assert.AreEqual((300, 0), Counts(options with { ValidationFraction = null }, marks: false));

        (int, int) Counts(NeuralNetworkOptions chosen, bool marks)
        {
            var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(chosen);
            var history = (marks ? _ml.Transforms.HoldOut(0.4).Append(trainer).Fit(view).LastTransformer : trainer.Fit(view)).Model.History;
            return ((int)history.TrainingRows, (int)history.ValidationRows);
        }
    }

    [TestMethod]
    public void Cancellation_gives_the_best_model_so_far()
    {
        using var source = new CancellationTokenSource();
        var options = Small with
        {
            MaxEpochs = 10_000,
            ValidationFraction = 0.3,
            CancellationToken = source.Token,
            Progress = new Callback(epoch =>
            {
                if (epoch.Epoch == 7)
                    source.Cancel();
            }),
        };
        var history = Fit(options, Rows(100)).Model.History;
        Assert.AreEqual(StopReason.Cancelled, history.StopReason);
        Assert.HasCount(7, history.Epochs);
        Assert.AreEqual(history.Epochs.MinBy(epoch => epoch.ValidationLoss)!.Epoch, history.ModelEpoch);

        source.Cancel();
        var untrained = Fit(options, Rows(100));
        Assert.AreEqual(0, untrained.Model.History.ModelEpoch);
        Assert.IsTrue(Scores(untrained.Transform(Rows(10))).TrueForAll(score => Math.Abs(score.Sum() - 1) < 1e-5));
    }

    [TestMethod]
    public void The_contexts_own_cancellation_works_too()
    {
        // ML.NET's tools cancel this way; the method is not public.
        var cancel = typeof(MLContext).GetMethod("CancelExecution", BindingFlags.NonPublic | BindingFlags.Instance)!;
        var options = Small with
        {
            MaxEpochs = 10_000,
            Progress = new Callback(epoch =>
            {
                if (epoch.Epoch == 3)
                    cancel.Invoke(_ml, null);
            }),
        };
        var history = _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(Rows(100)).Model.History;
        Assert.AreEqual(StopReason.Cancelled, history.StopReason);
        Assert.HasCount(3, history.Epochs);
    }

    [TestMethod]
    public void Progress_and_log_tell_every_epoch_and_the_end()
    {
        var log = new LogRecorder(_ml);
        var reports = new List<EpochReport>();
        var options = Small with { ValidationFraction = 0.2, MaxEpochs = 4, Progress = new Callback(reports.Add), Recipe = RegularizationRecipe.SmallDataset };
        var history = Fit(options, Rows(100)).Model.History;
        CollectionAssert.AreEqual(history.Epochs.ToList(), reports);
        CollectionAssert.AreEqual(new[] { 1, 2, 3, 4 }, reports.ConvertAll(report => report.Epoch));
        foreach (var report in reports)
        {
            Assert.IsTrue(report is { TrainingLoss: > 0, ValidationLoss: > 0, ValidationAccuracy: > 0, GradientNorm: > 0, Seconds: > 0, LearningRate: 0.01 });
        }

        // 4 x 16 + 16 x 16 + 16 x 3 weights and 16 + 16 + 3 biases.
        Assert.IsTrue(log.Messages.Any(message => message.Contains("403 parameters, of which 368 are decayed")));
        Assert.IsTrue(log.Messages.Any(message => message.Contains("Training ended after 4 epochs: MaxEpochs")));
    }

    [TestMethod]
    public void Rows_that_cannot_be_used_are_counted_and_reported()
    {
        var log = new LogRecorder(_ml);
        var rows = Example.Clusters(100);
        rows[3].Features[0] = float.NaN;
        rows[4].Features[1] = float.NegativeInfinity;
        rows[5].Label = Example.ClassCount;
        var history = Fit(Small with { MaxEpochs = 1 }, _ml.Data.LoadFromEnumerable(rows)).Model.History;
        Assert.AreEqual((97, 3), (history.TrainingRows, history.SkippedRows));
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("Skipped 2 training rows") && warning.Contains("'Features'")));
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("Skipped 1 training rows") && warning.Contains("'Label'")));
    }

    [TestMethod]
    public void Cross_validation_and_permutation_importance_work()
    {
        var view = Rows(300);
        var trainer = _ml.Transforms.Mixup().Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(Small));
        foreach (var fold in _ml.MulticlassClassification.CrossValidate(view, trainer, numberOfFolds: 3))
            Assert.IsGreaterThan(0.75, fold.Metrics.MicroAccuracy);

        // The fourth feature is noise; the first three each mark a class.
        var model = trainer.Fit(view);
        var scored = model.Transform(view);
        var importance = _ml.MulticlassClassification.PermutationFeatureImportance(model.LastTransformer, scored, permutationCount: 3);
        var losses = importance.Select(slot => slot.MicroAccuracy.Mean).ToList();
        Assert.HasCount(Example.FeatureCount, losses);
        Assert.IsTrue(losses.Take(3).All(loss => loss < -0.1), "permuting a telling feature costs accuracy");
        Assert.IsGreaterThan(-0.05, losses[3]);
    }

    [TestMethod]
    public void Mixup_feeds_other_trainers_through_weighted_pairs()
    {
        var view = Rows(300);
        var pipeline = _ml.Transforms.Mixup(labelMode: LabelMode.WeightedPairs)
            .Append(_ml.MulticlassClassification.Trainers.LightGbm(exampleWeightColumnName: "Weight"));
        Assert.IsGreaterThan(0.75, _ml.MulticlassClassification.Evaluate(pipeline.Fit(view).Transform(Rows(300, seed: 2))).MicroAccuracy);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Weighted_pairs_suit_trainers_that_make_many_passes(bool isCached)
    {
        // The dual coordinates of SDCA belong to rows: it reads the same ones in every pass, in another order.
        var view = isCached ? _ml.Data.Cache(Rows(600)) : Rows(600);
        var pipeline = _ml.Transforms.Mixup(labelMode: LabelMode.WeightedPairs, weightColumnName: "Mixed")
            .Append(_ml.MulticlassClassification.Trainers.SdcaMaximumEntropy(exampleWeightColumnName: "Mixed"));
        Assert.IsGreaterThan(0.8, _ml.MulticlassClassification.Evaluate(pipeline.Fit(view).Transform(Rows(300, seed: 2))).MicroAccuracy);
    }

    [TestMethod]
    public void Training_that_diverges_later_keeps_the_last_sound_epoch()
    {
        // Progress is told of an epoch before the next one starts: from then on one row's features are beyond what a square can hold.
        var rows = Example.Clusters(60);
        var options = Small with
        {
            Architecture = NetworkArchitecture.Mlp(8),
            Progress = new Callback(epoch => rows[7].Features[0] = epoch.Epoch == 3 ? 1e38f : rows[7].Features[0]),
        };
        var history = _ml.Transforms.Mixup(alpha: 1, probability: 1e-9).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(options))
            .Fit(_ml.Data.LoadFromEnumerable(rows)).LastTransformer.Model.History;
        Assert.AreEqual((StopReason.Diverged, 3, 3), (history.StopReason, history.ModelEpoch, history.Epochs.Count));
    }

    [TestMethod]
    public void Pipelines_whose_augmentation_is_not_what_it_seems_are_warned_of()
    {
        var view = Rows(100);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(Small with { MaxEpochs = 1, ValidationFraction = 0.2 });
        Assert.Contains("identity outside of the pipeline", WarningOf(ml => trainer.Fit(ml.Transforms.Mixup().Fit(view).Transform(view))));
        Assert.Contains("a share of rows that Mixup has changed", WarningOf(ml => ml.Transforms.Mixup().Append(trainer).Fit(view)));
        Assert.Contains("HoldOut stands behind Mixup", WarningOf(ml => ml.Transforms.Mixup().Append(ml.Transforms.HoldOut(0.3)).Append(trainer).Fit(view)));
        Assert.Contains("cache stands behind Mixup", WarningOf(ml => ml.Transforms.HoldOut(0.3).Append(ml.Transforms.Mixup()).AppendCacheCheckpoint(ml).Append(trainer).Fit(view)));
        Assert.AreEqual("", WarningOf(ml => ml.Transforms.HoldOut(0.3).Append(ml.Transforms.Mixup()).Append(trainer).Fit(view)));

        string WarningOf(Action<MLContext> fit)
        {
            var log = new LogRecorder(_ml);
            fit(_ml);
            return string.Join(' ', log.Warnings);
        }
    }

    [TestMethod]
    public void Every_epoch_mixes_anew()
    {
        // With a learning rate of nearly 0 the weights stand still: what changes the training loss is the mixture.
        var options = Small with { LearningRate = 1e-12, MaxEpochs = 5 };
        var plain = Fit(options, Rows(100)).Model.History.Epochs.Select(epoch => epoch.TrainingLoss).ToList();
        Assert.IsLessThan(1e-6, plain.Max() - plain.Min());
        var mixed = _ml.Transforms.Mixup(alpha: 1).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(options)).Fit(Rows(100))
            .LastTransformer.Model.History.Epochs.Select(epoch => epoch.TrainingLoss).ToList();
        Assert.HasCount(5, mixed.Select(loss => Math.Round(loss, 6)).Distinct());
    }

    [TestMethod]
    public void A_missing_GPU_is_refused_or_reported()
    {
        var log = new LogRecorder(_ml);
        _ml.GpuDeviceId = 63;
        _ml.FallbackToCpu = false;
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => Fit(Small, Rows(50)));
        Assert.Contains("GpuDeviceId is 63", error.Message);
        _ml.FallbackToCpu = true;
        Fit(Small with { MaxEpochs = 1 }, Rows(50)).Dispose();
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("training on the CPU")));
    }

    private MulticlassPredictionTransformer<NeuralNetworkMulticlassModelParameters> Fit(NeuralNetworkOptions options, IDataView view) =>
        _ml.MulticlassClassification.Trainers.NeuralNetwork(options).Fit(view);

    private IDataView Rows(int count, int seed = 1) => _ml.Data.LoadFromEnumerable(Example.Clusters(count, seed));

    private static List<float[]> Scores(IDataView scored) => [.. scored.GetColumn<float[]>("Score")];

    private static List<float[]> Weights(NeuralNetworkMulticlassModelParameters model) => [.. model.Weights.Select(tensor => tensor.Values.ToArray())];

    private static void AssertEqual(List<float[]> expected, List<float[]> actual)
    {
        Assert.HasCount(expected.Count, actual);
        for (var i = 0; i < expected.Count; i++)
            CollectionAssert.AreEqual(expected[i], actual[i]);
    }

    private static string Describe(DataViewSchema.Column column)
    {
        var annotations = column.Annotations.Schema.Where(annotation => annotation.Name != "ScoreColumnSetId")
            .Select(annotation => $"{annotation.Name}: {annotation.Type} = {ValueOf(column.Annotations, annotation)}");
        return $"{column.Type} {string.Join("; ", annotations)}";
    }

    private static string ValueOf(DataViewSchema.Annotations annotations, DataViewSchema.Column annotation)
    {
        if (annotation.Type is VectorDataViewType { ItemType: TextDataViewType })
            return string.Join(',', Get<VBuffer<ReadOnlyMemory<char>>>().DenseValues());
        if (annotation.Type is VectorDataViewType { ItemType: NumberDataViewType })
            return string.Join(',', Get<VBuffer<float>>().DenseValues());
        return annotation.Type is TextDataViewType ? Get<ReadOnlyMemory<char>>().ToString() : "";

        T Get<T>()
        {
            T value = default!;
            annotations.GetValue(annotation.Name, ref value);
            return value;
        }
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }

    private sealed class Callback(Action<EpochReport> report) : IProgress<EpochReport>
    {
        public void Report(EpochReport value) => report(value);
    }
}
