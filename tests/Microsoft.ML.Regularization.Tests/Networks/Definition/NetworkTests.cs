using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Definition;

[TestClass]
public sealed class NetworkTests
{
    [TestMethod]
    public void A_training_pass_records_gradients_and_an_evaluation_pass_does_not()
    {
        using var network = NetworkArchitecture.Mlp(4).CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using (torch.no_grad())
        {
            using var pass = network.Begin(isTraining: true);
            Assert.IsTrue(network.training);
            Assert.IsTrue(network.forward(torch.ones(1, 3)).requires_grad);
        }

        using (network.Begin(isTraining: false))
        {
            Assert.IsFalse(network.training);
            Assert.IsFalse(network.forward(torch.ones(1, 3)).requires_grad);
        }

        Assert.IsTrue(torch.is_grad_enabled());
    }

    [TestMethod]
    [DoNotParallelize]
    public void A_pass_takes_its_tensors_with_it()
    {
        using var network = NetworkArchitecture.Mlp(4).CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));

        Assert.AreEqual(0, LiveTensors.LeftBy(() =>
        {
            using var pass = network.Begin(isTraining: false);
            Assert.IsGreaterThan(0, LiveTensors.LeftBy(() => network.forward(torch.ones(1, 3))));
        }));
    }
}
