using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;
using Microsoft.ML.Regularization.Tests.Training.Checkpoints;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Custom;

[TestClass]
public sealed class CustomAugmentationTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void It_changes_training_rows_in_their_place_and_leaves_held_out_rows_and_scoring_alone()
    {
        var view = _ml.Rows(100);
        var pipeline = _ml.Transforms.HoldOut(fraction: 0.3).Append(_ml.Transforms.CustomAugmentation(new OwnShift { Most = 0.5 }));
        var before = Features(view);
        var options = CustomAugmentationOptions.Of(new OwnShift { Most = 0.5 });
        var after = Features(_ml.Data.Augment(view, options));

        for (var row = 0; row < before.Count; row++)
        {
            var shift = after[row][0] - before[row][0];
            Assert.IsTrue(shift != 0 && Math.Abs(shift) <= 0.5f, $"{shift}");
            for (var i = 0; i < before[row].Length; i++)
                Assert.AreEqual(before[row][i] + shift, after[row][i], 1e-5);
        }

        SmallNetwork.AssertEqual(before, Features(pipeline.Fit(view).Transform(_ml.Rows(100))));
        var marked = _ml.Data.Augment(_ml.Data.Augment(view, new HoldOutOptions { Fraction = 0.3 }), options);
        var unchanged = Features(marked).Zip(before).Count(pair => pair.First.SequenceEqual(pair.Second));
        Assert.IsInRange(15, 45, unchanged);
    }

    [TestMethod]
    public void A_rows_numbers_are_its_own_and_of_the_right_distributions()
    {
        var options = CustomAugmentationOptions.Of(new OwnDraws()) with { Seed = 7 };
        var many = Features(_ml.Data.Augment(_ml.Rows(3000), options));
        SmallNetwork.AssertEqual(many[..50], Features(_ml.Data.Augment(_ml.Rows(50), options)));

        Assert.IsTrue(many.TrueForAll(row => row[0] is >= 0 and < 1 && row[2] is 0 or 1 or 2));
        Assert.AreEqual(0.5, many.Average(row => row[0]), 0.03);
        Assert.AreEqual(0, many.Average(row => row[1]), 0.08);
        Assert.AreEqual(1, many.Average(row => row[1] * row[1]), 0.12);
        Assert.AreEqual(1, many.Average(row => row[2]), 0.06);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new RowRandom().Next(0));
    }

    [TestMethod]
    public void In_a_recipe_it_survives_json_a_file_and_an_interruption()
    {
        var rows = _ml.Rows(120);
        var recipe = RegularizationRecipe.None with { Augmentations = [CustomAugmentationOptions.Of(new OwnShift { Most = 0.25 }) with { Probability = 0.8 }] };
        Assert.AreEqual(recipe, RegularizationRecipe.FromJson(recipe.ToJson()));

        var options = SmallNetwork.Options with { Recipe = recipe };
        var (model, interruptions) = InterruptedTraining.Fit(options, Fit, checkpoints: 4);
        Assert.IsGreaterThan(1, interruptions);
        InterruptedTraining.AssertSame(Fit(options), model);

        using var file = new MemoryStream();
        _ml.Model.Save(model, rows.Schema, file);
        file.Position = 0;
        Assert.AreEqual(recipe, new MLContext().Model.Load(file, out _).GetNeuralNetwork().Recipe);

        ITransformer Fit(NeuralNetworkOptions own) => new MLContext(seed: 4).MulticlassClassification.Trainers.NeuralNetwork(own).Fit(rows);
    }

    [TestMethod]
    public void A_program_that_lacks_the_type_reads_the_recipe_and_cannot_train_by_it()
    {
        var options = new CustomAugmentationOptions { TypeName = "Nowhere.Change, Nowhere" };
        var recipe = RegularizationRecipe.None with { Augmentations = [options] };
        Assert.AreEqual(recipe, RegularizationRecipe.FromJson(recipe.ToJson()));
        var error = Assert.Throws<InvalidOperationException>(() => _ml.Fit(SmallNetwork.Options with { Recipe = recipe }, _ml.Rows(30)));
        Assert.Contains("'Nowhere.Change, Nowhere'", error.Message);
        Assert.ThrowsExactly<ArgumentNullException>(() => CustomAugmentationOptions.Of(null!));
    }

    private static List<float[]> Features(IDataView view) => [.. view.GetColumn<float[]>("Features")];
}
