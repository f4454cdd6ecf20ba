using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Networks;
using TorchSharp;
using static Microsoft.ML.Regularization.Tests.Trainers.SmallNetwork;

namespace Microsoft.ML.Regularization.Tests.Trainers;

/// <summary>What the trainer learns, from which rows, and that it does so again.</summary>
[TestClass]
public sealed class NeuralNetworkMulticlassTrainerTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void It_learns_what_can_be_learned()
    {
        // Bayes' error of three unit Gaussians whose centres are 2 sqrt 2 apart is near 12 %; guessing errs on 67 %.
        var model = _ml.Fit(SmallNetwork.Options, _ml.Rows(600));
        var metrics = _ml.MulticlassClassification.Evaluate(model.Transform(_ml.Rows(600, seed: 2)));
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
        var options = SmallNetwork.Options with
        {
            Architecture = NetworkArchitecture.Mlp(16) with { Activation = activation, Normalization = normalization },
            BatchSize = 16,
        };
        var model = _ml.Fit(options, _ml.Rows(65));
        Assert.IsLessThan(model.Model.History.Epochs[0].TrainingLoss, model.Model.History.Epochs[^1].TrainingLoss);
        Assert.IsGreaterThan(0.7, _ml.MulticlassClassification.Evaluate(model.Transform(_ml.Rows(300, seed: 2))).MicroAccuracy);
    }

    [TestMethod]
    public void A_batch_size_beyond_the_rows_is_one_batch_of_all_rows()
    {
        var exact = _ml.Fit(SmallNetwork.Options with { BatchSize = 60 }, _ml.Rows(60)).Model.Weights;
        var beyond = _ml.Fit(SmallNetwork.Options with { BatchSize = int.MaxValue }, _ml.Rows(60)).Model.Weights;
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
        var options = SmallNetwork.Options with { Architecture = NetworkArchitecture.Mlp(), MaxEpochs = 150 };
        var soft = _ml.Fit(options with { LabelColumnName = "Soft", BatchSize = 200 }, _ml.Data.LoadFromEnumerable(rows));
        var hard = _ml.Fit(options with { BatchSize = 800 }, _ml.Data.LoadFromEnumerable(repeated));
        var test = _ml.Rows(50, seed: 3);
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
        var options = SmallNetwork.Options with { Architecture = NetworkArchitecture.Mlp(), InputScaling = InputScaling.None, MaxEpochs = 100 };
        var weighted = _ml.Fit(options with { ExampleWeightColumnName = "Weight", BatchSize = rows.Count }, _ml.Data.LoadFromEnumerable(rows));
        var repeated = _ml.Fit(options with { BatchSize = copies.Count }, _ml.Data.LoadFromEnumerable(copies));
        var test = _ml.Rows(50, seed: 3);
        foreach (var (a, b) in Scores(weighted.Transform(test)).Zip(Scores(repeated.Transform(test))))
        {
            for (var k = 0; k < a.Length; k++)
                Assert.AreEqual(a[k], b[k], 1e-3);
        }
    }

    [TestMethod]
    public void Two_fits_with_one_seed_give_bitwise_equal_weights_also_at_once()
    {
        var options = SmallNetwork.Options with { Recipe = RegularizationRecipe.SmallDataset, Architecture = NetworkArchitecture.Mlp(64, 64), Seed = 11 };
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
        var view = _ml.Rows(150);
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(SmallNetwork.Options with
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
        var options = SmallNetwork.Options with
        {
            Architecture = NetworkArchitecture.Mlp(8, 8) with { Normalization = Normalization.Batch },
            Recipe = RegularizationRecipe.SmallDataset with { GradientClipping = GradientClipping.ByValue() },
            MaxEpochs = 3,
        };
        _ml.Fit(options, _ml.Rows(100)).Dispose();
        var before = LiveTensors.Settled();
        using (var model = _ml.Fit(options, _ml.Rows(100)))
        {
            Assert.AreEqual(before, torch.Tensor.TotalCount, "the model holds no tensor");
            Assert.IsNotEmpty(Scores(model.Transform(_ml.Rows(10))));
        }

        Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Fit(options with { Progress = new Callback(_ => throw new InvalidOperationException("stop")) }, _ml.Rows(100)));
        Assert.AreEqual(before, torch.Tensor.TotalCount);
    }

    [TestMethod]
    public void Validation_rows_come_from_the_set_then_the_marks_then_the_fraction()
    {
        var (view, set) = (_ml.Rows(300), _ml.Rows(50, seed: 5));
        var options = SmallNetwork.Options with { MaxEpochs = 1, ValidationFraction = 0.2 };
        Assert.AreEqual((240, 60), Counts(options, marks: false));
        Assert.AreEqual((300, 50), Counts(options with { ValidationSet = set }, marks: false));
        var marked = _ml.Data.Augment(view, new HoldOutOptions { Fraction = 0.4 }).GetColumn<bool>(HeldOutMark.ColumnName).Count(mark => mark);
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
    public void Rows_that_cannot_be_used_are_counted_and_reported()
    {
        var log = new LogRecorder(_ml);
        var rows = Example.Clusters(100);
        rows[3].Label = Example.ClassCount;
        rows[5].Label = Example.ClassCount;
        var history = _ml.Fit(SmallNetwork.Options with { MaxEpochs = 1 }, _ml.Data.LoadFromEnumerable(rows)).Model.History;
        Assert.AreEqual((98, 2), (history.TrainingRows, history.SkippedRows));
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("Skipped 2 training rows") && warning.Contains("'Label'")));
    }

    [TestMethod]
    public void A_missing_GPU_is_refused_or_reported()
    {
        var log = new LogRecorder(_ml);
        _ml.GpuDeviceId = 63;
        _ml.FallbackToCpu = false;
        var error = Assert.ThrowsExactly<InvalidOperationException>(() => _ml.Fit(SmallNetwork.Options, _ml.Rows(50)));
        Assert.Contains("GpuDeviceId is 63", error.Message);
        _ml.FallbackToCpu = true;
        _ml.Fit(SmallNetwork.Options with { MaxEpochs = 1 }, _ml.Rows(50)).Dispose();
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("training on the CPU")));
    }

    [TestMethod]
    public void Every_epoch_mixes_anew()
    {
        // With a learning rate of nearly 0 the weights stand still: what changes the training loss is the mixture.
        var options = SmallNetwork.Options with { LearningRate = 1e-12, MaxEpochs = 5 };
        var plain = _ml.Fit(options, _ml.Rows(100)).Model.History.Epochs.Select(epoch => epoch.TrainingLoss).ToList();
        Assert.IsLessThan(1e-6, plain.Max() - plain.Min());
        var mixed = _ml.Transforms.Mixup(alpha: 1).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(options)).Fit(_ml.Rows(100))
            .LastTransformer.Model.History.Epochs.Select(epoch => epoch.TrainingLoss).ToList();
        Assert.HasCount(5, mixed.Select(loss => Math.Round(loss, 6)).Distinct());
    }
}
