using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Training.Batches;

[TestClass]
public sealed class RecipeAugmentationTests
{
    private static readonly MixupOptions Mixup = new() { Alpha = 1, Seed = 5 };

    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void In_the_recipe_it_is_what_it_is_in_the_pipeline()
    {
        var view = _ml.Rows(120);
        var options = SmallNetwork.Options with { Recipe = RegularizationRecipe.None with { Augmentations = [Mixup] }, InputScaling = InputScaling.None };
        var inside = _ml.Fit(options, view).Model;
        var trainer = _ml.MulticlassClassification.Trainers.NeuralNetwork(options with { Recipe = RegularizationRecipe.None });
        var before = _ml.Transforms.Mixup(Mixup).Append(trainer).Fit(view).LastTransformer.Model;
        SmallNetwork.AssertEqual(SmallNetwork.Weights(before), SmallNetwork.Weights(inside));
    }

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
    public void Held_out_rows_are_never_partners()
    {
        // Class 2 is held out entirely: were its rows mixed in, training labels would have a share of it.
        var rows = Example.Clusters(90);
        var host = ((Microsoft.ML.Runtime.IHostEnvironment)_ml).Register("Test");
        using var channel = host.Start("Test");
        var view = HoldOutView.Create(_ml, _ml.Data.LoadFromEnumerable(rows), id => rows[(int)id.Low].Label == 2);
        var columns = new TrainingColumns(host, view.Schema, LearningTaskKind.Multiclass, "Features", "Label", weightName: null);
        var data = new TrainingData(host, channel, view, columns, RandomKey.FromSeed(1), [Mixup, new MixupOptions { Alpha = 1 }]);
        Assert.Throws<InvalidOperationException>(() => data.Load(validationSet: null, fraction: 0));
        var target = new float[3];
        for (var row = 0; row < data.Training.Count; row++)
        {
            data.Training.CopyTarget(row, target);
            Assert.AreEqual(0, target[2]);
        }

        Assert.AreEqual((60, 30), (data.Training.Count, data.Validation.Count));
    }
}
