using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Training.Data;

[TestClass]
public sealed class RecipeAugmentationTests
{
    private static readonly MixupOptions Mixup = new() { Alpha = 1, Seed = 5 };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void Validation_rows_are_set_aside_before_it()
    {
        // With next to no learning rate the training loss shows the mixture, and the validation loss that it has none.
        var options = SmallNetwork.Options with
        {
            Recipe = RegularizationRecipe.None with { Augmentations = [Mixup] }, LearningRate = 1e-12, MaxEpochs = 5, ValidationFraction = 0.25,
        };
        var log = new LogRecorder(_ml);
        var epochs = _ml.Fit(options, _ml.Rows(120)).Model.History.Epochs;
        Assert.HasCount(5, epochs.Select(epoch => Math.Round(epoch.TrainingLoss, 6)).Distinct());
        Assert.HasCount(1, epochs.Select(epoch => Math.Round(epoch.ValidationLoss!.Value, 5)).Distinct());
        Assert.IsFalse(log.Warnings.Any(warning => warning.Contains("augmented", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void The_last_epochs_are_unmixed_wherever_the_mixing_stands(bool isInRecipe)
    {
        // With next to no learning rate the loss of unmixed epochs is that of the rows as they are.
        var recipe = RegularizationRecipe.None with { Augmentations = isInRecipe ? [Mixup] : null, UnmixedEpochs = 2 };
        var options = SmallNetwork.Options with { Recipe = recipe, LearningRate = 1e-12, MaxEpochs = 5, InputScaling = InputScaling.None };
        var view = _ml.Rows(120);
        var plain = _ml.Fit(options with { Recipe = RegularizationRecipe.None }, view).Model.History.Epochs[0].TrainingLoss;
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(options);
        var copy = _ml.Transforms.CopyColumns("Other", "Features");
        var fitted = isInRecipe ? copy.Append(trainer).Fit(view) : _ml.Transforms.Mixup(Mixup).Append(copy).Append(trainer).Fit(view);
        var losses = fitted.LastTransformer.Model.History.Epochs.Select(epoch => epoch.TrainingLoss).ToList();
        Assert.IsTrue(losses.Take(3).All(loss => Math.Abs(loss - plain) > 1e-4));
        Assert.IsTrue(losses.Skip(3).All(loss => Math.Abs(loss - plain) < 1e-5));
    }

    [TestMethod]
    [DataRow("shuffled")]
    [DataRow("shuffled cache")]
    [DataRow("first rows")]
    public void The_last_epochs_are_unmixed_behind_other_views(string behind)
    {
        var options = SmallNetwork.Options with { LearningRate = 1e-12, MaxEpochs = 4, InputScaling = InputScaling.None };
        var recipe = RegularizationRecipe.None with { UnmixedEpochs = 2 };
        var plain = _ml.Fit(options, Behind(_ml.Rows(120))).Model.History.Epochs[0].TrainingLoss;
        var log = new LogRecorder(_ml);
        var epochs = _ml.Fit(options with { Recipe = recipe }, Behind(_ml.Data.Augment(_ml.Rows(120), Mixup))).Model.History.Epochs;
        var isMixed = epochs.Select(epoch => Math.Abs(epoch.TrainingLoss - plain) > 1e-4).ToList();
        CollectionAssert.AreEqual(new[] { true, true, false, false }, isMixed);
        Assert.IsFalse(log.Warnings.Any(warning => warning.Contains("UnmixedEpochs", StringComparison.Ordinal)));

        IDataView Behind(IDataView view) => behind switch
        {
            "shuffled" => _ml.Data.ShuffleRows(view, seed: 1),
            "shuffled cache" => _ml.Data.ShuffleRows(_ml.Data.Cache(view), seed: 1),
            _ => _ml.Data.TakeRows(view, 100),
        };
    }

    [TestMethod]
    public void Pairs_are_mixed_to_the_end_which_is_told()
    {
        var log = new LogRecorder(_ml);
        var options = SmallNetwork.Options with { Recipe = RegularizationRecipe.None with { UnmixedEpochs = 1 }, MaxEpochs = 2, ExampleWeightColumnName = "Weight" };
        _ml.Fit(options with { ValidationFraction = 0 }, _ml.Data.Augment(_ml.Rows(60), Mixup with { LabelMode = LabelMode.WeightedPairs }));
        Assert.IsTrue(log.Warnings.Any(warning => warning.Contains("UnmixedEpochs", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void An_end_of_mixing_where_nothing_is_mixed_is_told(bool isMixed)
    {
        var log = new LogRecorder(_ml);
        var recipe = RegularizationRecipe.None with { Augmentations = isMixed ? [new SometimesOptions { Augmentation = Mixup with { Seed = null } }] : null, UnmixedEpochs = 1 };
        _ml.Fit(SmallNetwork.Options with { Recipe = recipe, MaxEpochs = 2 }, _ml.Rows(60));
        Assert.AreEqual(!isMixed, log.Warnings.Any(warning => warning.Contains("UnmixedEpochs", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Held_out_rows_are_never_partners()
    {
        // Class 2 is held out entirely: were its rows mixed in, training labels would have a share of it.
        var rows = Example.Clusters(90);
        var host = ((Microsoft.ML.Runtime.IHostEnvironment)_ml).Register("Test");
        using var channel = host.Start("Test");
        var view = HoldOutView.Create(_ml, _ml.Data.LoadFromEnumerable(rows), id => rows[(int)id.Low].Label == 2);
        var columns = new TrainingColumns(host, view.Schema, LearningTask.MulticlassClassification, InputRequests.Of("Features"), "Label", weightName: null);
        var data = new TrainingSet(host, channel, view, columns, RandomKey.FromSeed(1), [Mixup, new MixupOptions { Alpha = 1 }]);
        data.Load(validationSet: null, fraction: 0);
        var target = new float[3];
        var table = ((MemoryDataset)data.Training).Table;
        for (var row = 0; row < table.Count; row++)
        {
            table.CopyTarget(row, target);
            Assert.AreEqual(0, target[2]);
        }

        Assert.AreEqual((60L, 30L), (data.Training.Count, data.Validation.Count));
    }
}
