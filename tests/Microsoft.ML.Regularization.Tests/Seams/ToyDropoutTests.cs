using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Seams;

[TestClass]
public sealed class ToyDropoutTests
{
    private static readonly RegularizationRecipe Halving = RegularizationRecipe.None with { Dropout = new ToyDropout(0) { Mean = 0.5 } };

    [TestMethod]
    public void One_that_changes_nothing_trains_the_weights_of_none() =>
        SeamTraining.AssertSame(SeamTraining.Weights(Recipe(spread: 0)), SeamTraining.Weights(RegularizationRecipe.None));

    [TestMethod]
    public void One_that_draws_trains_other_weights_and_the_same_again()
    {
        SeamTraining.AssertSame(SeamTraining.Weights(Recipe(0.5)), SeamTraining.Weights(Recipe(0.5)));
        Assert.IsFalse(SeamTraining.AreSame(SeamTraining.Weights(Recipe(0.5)), SeamTraining.Weights(RegularizationRecipe.None)));
    }

    /// <summary>Halved units behind whole weights are whole units behind halved weights.</summary>
    [TestMethod]
    public void While_training_the_network_sees_halved_units()
    {
        using var scope = torch.NewDisposeScope();
        using var noisy = Create(Halving);
        using var plain = Create(RegularizationRecipe.None);
        using (torch.no_grad())
            plain.get_parameter("output.weight")!.mul_(0.5);
        var rows = torch.arange(20).reshape(5, 4).to(torch.float32).div(10);
        noisy.train();
        CollectionAssert.AreEqual(plain.forward(rows).data<float>().ToArray(), noisy.forward(rows).data<float>().ToArray());
        noisy.eval();
        CollectionAssert.AreNotEqual(plain.forward(rows).data<float>().ToArray(), noisy.forward(rows).data<float>().ToArray());
    }

    [TestMethod]
    public void Monte_Carlo_prediction_draws_the_same_noise()
    {
        using var network = Create(Halving);
        var weights = NetworkWeights.CopyOf(network);
        var scorer = new MlpScorer(new MLContext(), NetworkArchitecture.Mlp(6).Describe(input: 4, outputs: 2), weights);
        var noise = new NetworkNoiseSource(scorer, Halving, weights).Draw(RandomKey.FromSeed(3), pass: 0);
        float[] row = [0.5f, -1, 2, 0.25f];
        var actual = new float[2];
        scorer.Score(row, 1, actual, noise);

        network.train();
        using var expected = network.forward(torch.tensor(row).reshape(1, 4));
        Golden.Closeness.AssertClose(expected.data<float>().ToArray(), actual, 1e-6, "outputs");
    }

    private static RegularizationRecipe Recipe(double spread) => RegularizationRecipe.None with { Dropout = new ToyDropout(spread) };

    private static Network Create(RegularizationRecipe recipe) =>
        NetworkArchitecture.Mlp(6).CreateNetwork(4, 2, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
}
