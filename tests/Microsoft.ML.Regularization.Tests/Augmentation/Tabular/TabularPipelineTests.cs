using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Tabular;

[TestClass]
public sealed class TabularPipelineTests
{
    private readonly MLContext _ml = new(seed: 1);

    private static IEnumerable<object[]> Cases =>
    [
        [new GaussianNoiseOptions { Scale = 0.5, Seed = 5 }],
        [new FeatureDropoutOptions { Rate = 0.3, Seed = 5 }],
        [new FeatureSwapOptions { Rate = 0.3, Seed = 5 }],
        [new FeatureSwapOptions { Rate = 0.3, MixLabels = true, Seed = 5 }],
    ];

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void In_the_recipe_it_is_what_it_is_in_the_pipeline(AugmentationOptions augmentation)
    {
        var view = _ml.Rows(120);
        var plain = SmallNetwork.Options with { Recipe = RegularizationRecipe.None, InputScaling = InputScaling.None };
        var inside = _ml.Fit(plain with { Recipe = RegularizationRecipe.None with { Augmentations = [augmentation] } }, view).Model;
        var before = new TrainingOnlyEstimator(_ml, augmentation).Append(_ml.MulticlassClassification.Trainers.NeuralNetwork(plain)).Fit(view).LastTransformer.Model;
        SmallNetwork.AssertEqual(SmallNetwork.Weights(before), SmallNetwork.Weights(inside));
        CollectionAssert.AreNotEqual(SmallNetwork.Weights(_ml.Fit(plain, view).Model)[0], SmallNetwork.Weights(inside)[0]);
    }

    [TestMethod]
    public void Trees_learn_from_a_table_with_missing_and_swapped_values()
    {
        var people = Person.Generate(2000);
        people.ForEach(person => person.Label = person.Age > 45);
        var view = _ml.Data.LoadFromEnumerable(people);
        var model = _ml.Transforms.Categorical.OneHotEncoding([new InputOutputColumnPair("Job"), new InputOutputColumnPair("City")])
            .Append(_ml.Transforms.Concatenate("Features", "Age", "Income", "Job", "City"))
            .AppendCacheCheckpoint(_ml)
            .Append(_ml.Transforms.FeatureDropout(rate: 0.2, replacement: FeatureReplacement.Missing))
            .Append(_ml.Transforms.FeatureSwap(rate: 0.2, slotNames: ["Job", "City"]))
            .Append(_ml.BinaryClassification.Trainers.LightGbm(numberOfIterations: 20))
            .Fit(view);
        var scored = model.Transform(view);
        Assert.IsTrue(scored.GetColumn<VBuffer<float>>("Features").All(features => features.DenseValues().All(float.IsFinite)), "scoring sees rows as they are");
        Assert.IsGreaterThan(0.98, _ml.BinaryClassification.Evaluate(scored).AreaUnderRocCurve);
    }
}
