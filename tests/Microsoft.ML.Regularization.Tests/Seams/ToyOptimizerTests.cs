namespace Microsoft.ML.Regularization.Tests.Seams;

[TestClass]
public sealed class ToyOptimizerTests
{
    private static readonly RegularizationRecipe Shrinking = RegularizationRecipe.None with { WeightDecay = 0.1, L1 = 0.01, L2 = 0.01 };

    public static IEnumerable<object[]> Recipes => [[RegularizationRecipe.None], [Shrinking]];

    [TestMethod]
    [DynamicData(nameof(Recipes))]
    public void It_trains_the_weights_of_plain_gradient_descent(RegularizationRecipe recipe) =>
        SeamTraining.AssertSame(Weights(Optimizer.Sgd(), recipe), Weights(new ToyOptimizer(), recipe));

    [TestMethod]
    public void Decay_and_penalties_lie_on_it_as_on_every_rule() =>
        Assert.IsFalse(SeamTraining.AreSame(Weights(new ToyOptimizer(), RegularizationRecipe.None), Weights(new ToyOptimizer(), Shrinking)));

    private static List<float[]> Weights(Optimizer optimizer, RegularizationRecipe recipe) =>
        SeamTraining.Weights(SeamTraining.Options with { Optimizer = optimizer, Recipe = recipe });
}
