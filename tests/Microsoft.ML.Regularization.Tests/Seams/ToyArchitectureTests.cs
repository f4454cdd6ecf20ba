using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Tests.Trainers;

namespace Microsoft.ML.Regularization.Tests.Seams;

[TestClass]
public sealed class ToyArchitectureTests
{
    public static IEnumerable<object[]> Recipes =>
    [
        [RegularizationRecipe.None],
        [RegularizationRecipe.None with { ManifoldMixup = new ManifoldMixup() }],
        [RegularizationRecipe.None with { AdversarialTraining = AdversarialTraining.Pgd(0.1) }],
    ];

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void It_trains_the_weights_of_a_perceptron_without_hidden_layers(RegularizationRecipe recipe)
    {
        // The perceptron's gradients come from managed code, the toy's from libtorch.
        var (expected, actual) = (EveryTask.Weights(Fit(NetworkArchitecture.Mlp(), recipe)), EveryTask.Weights(Fit(new ToyArchitecture(), recipe)));
        Assert.HasCount(expected.Count, actual);
        foreach (var (managed, torch) in expected.Zip(actual).SelectMany(pair => pair.First.Zip(pair.Second)))
            Assert.AreEqual(managed, torch, 1e-5);
    }

    [TestMethod]
    public void It_scores_in_libtorch_as_the_perceptron_in_managed_code()
    {
        var view = new MLContext().Rows(50);
        var expected = Fit(NetworkArchitecture.Mlp(), RegularizationRecipe.None).Transform(view).GetColumn<float>("Score");
        var actual = Fit(new ToyArchitecture(), RegularizationRecipe.None).Transform(view).GetColumn<float>("Score");
        foreach (var (managed, torch) in expected.Zip(actual))
            Assert.AreEqual(managed, torch, 1e-5);
    }

    [TestMethod]
    public void What_it_does_not_offer_is_refused_by_name()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => Fit(new ToyArchitecture(), RegularizationRecipe.None with { StochasticDepth = new StochasticDepth() }));
        Assert.Contains("Architecture is Toy, which has no residual blocks", error.Message);
    }

    private static NeuralNetworkRegressionTransformer Fit(NetworkArchitecture architecture, RegularizationRecipe recipe) =>
        SeamTraining.Fit(SeamTraining.Options with { Architecture = architecture, Recipe = recipe });
}
