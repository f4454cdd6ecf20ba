namespace Microsoft.ML.Regularization.Tests.Seams;

[TestClass]
public sealed class ToyAveragingTests
{
    [TestMethod]
    public void The_average_of_all_epochs_is_stochastic_weight_averaging_from_the_first_on() =>
        SeamTraining.AssertSame(Weights(WeightAveraging.Stochastic(startFraction: 0)), Weights(new ToyAveraging(OfLastAlone: false)));

    [TestMethod]
    public void The_average_of_the_last_epoch_alone_is_no_average() => SeamTraining.AssertSame(Weights(null), Weights(new ToyAveraging(OfLastAlone: true)));

    private static List<float[]> Weights(WeightAveraging? averaging) => SeamTraining.Weights(RegularizationRecipe.None with { WeightAveraging = averaging });
}
