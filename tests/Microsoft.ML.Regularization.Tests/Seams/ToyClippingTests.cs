namespace Microsoft.ML.Regularization.Tests.Seams;

[TestClass]
public sealed class ToyClippingTests
{
    [TestMethod]
    public void It_trains_the_weights_of_clipping_by_value() =>
        SeamTraining.AssertSame(Weights(GradientClipping.ByValue(0.05)), Weights(new ToyClipping(0.05)));

    [TestMethod]
    public void A_bound_that_no_gradient_reaches_changes_nothing() => SeamTraining.AssertSame(Weights(null), Weights(new ToyClipping(1e6)));

    [TestMethod]
    public void A_bound_that_gradients_reach_does() => Assert.IsFalse(SeamTraining.AreSame(Weights(null), Weights(new ToyClipping(0.05))));

    [TestMethod]
    public void It_validates_itself() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Weights(new ToyClipping(0)));

    private static List<float[]> Weights(GradientClipping? clipping) => SeamTraining.Weights(RegularizationRecipe.None with { GradientClipping = clipping });
}
