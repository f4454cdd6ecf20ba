using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Seams;

[TestClass]
public sealed class ToyFlipTests
{
    private static readonly ImageShape Shape = new(2, 2);

    [TestMethod]
    public void In_a_pipeline_it_mirrors_as_the_librarys_own()
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Rows(50);
        var expected = ml.Data.Augment(view, new RandomHorizontalFlipOptions { Shape = Shape, Probability = 1 }).Read();
        var actual = ml.Data.Augment(view, new ToyFlipOptions { Shape = Shape }).Read();
        foreach (var (own, toy) in expected.Zip(actual))
            CollectionAssert.AreEqual(own.Features, toy.Features);
    }

    [TestMethod]
    public void By_chance_it_mirrors_about_half_of_the_images_and_the_same_again()
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Rows(1000);
        var (first, second) = (Read(), Read());
        Assert.AreEqual(500, view.Read().Zip(first).Count(pair => !pair.First.Features.AsSpan().SequenceEqual(pair.Second)), 60);
        SeamTraining.AssertSame(first, second);

        List<float[]> Read() => [.. ml.Data.Augment(view, new ToyFlipOptions { Shape = Shape, Probability = 0.5, Seed = 3 }).Read().Select(row => row.Features)];
    }

    [TestMethod]
    public void In_a_recipe_it_trains_the_same_weights() =>
        SeamTraining.AssertSame(Weights(new RandomHorizontalFlipOptions { Shape = Shape, Probability = 1 }), Weights(new ToyFlipOptions { Shape = Shape }));

    private static List<float[]> Weights(AugmentationOptions augmentation) =>
        SeamTraining.Weights(RegularizationRecipe.None with { Augmentations = [augmentation] });
}
