using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Mlp;

[TestClass]
public sealed class MlpNetworkTests
{
    [TestMethod]
    public void State_has_the_names_that_scorers_read()
    {
        using var network = Create(NetworkArchitecture.Mlp(4, 5) with { Normalization = Normalization.Batch });

        CollectionAssert.AreEquivalent(
            (string[])
            [
                "hidden.0.linear.weight", "hidden.0.linear.bias", "hidden.0.norm.weight", "hidden.0.norm.bias", "hidden.0.norm.running_mean",
                "hidden.0.norm.running_var", "hidden.1.linear.weight", "hidden.1.linear.bias", "hidden.1.norm.weight", "hidden.1.norm.bias",
                "hidden.1.norm.running_mean", "hidden.1.norm.running_var", "output.weight", "output.bias",
            ],
            NetworkWeights.CopyOf(network).Tensors.Select(tensor => tensor.Name).ToArray());
    }

    [TestMethod]
    public void Without_hidden_layers_it_is_a_linear_model()
    {
        using var network = Create(NetworkArchitecture.Mlp());
        using var _ = network.Begin(isTraining: false);
        var weights = NetworkWeights.CopyOf(network);
        var weight = weights.Find("output.weight")!.Values.ToArray();

        var output = network.forward(torch.tensor(new[] { 1f, -2f, 0.5f }, [1, 3]));

        var expected = Enumerable.Range(0, 2).Select(unit => weight[3 * unit] - 2.0 * weight[3 * unit + 1] + 0.5 * weight[3 * unit + 2]).ToArray();
        Closeness.AssertClose(expected, output.data<float>().ToArray(), 1e-6, "output");
    }

    [TestMethod]
    [DoNotParallelize]
    public void Disposing_leaves_no_tensor_behind()
    {
        var recipe = new RegularizationRecipe { Dropout = 0.5 };
        var architecture = NetworkArchitecture.Mlp(4, 5) with { Normalization = Normalization.Batch };
        var left = LiveTensors.LeftBy(() =>
        {
            using var network = architecture.CreateNetwork(3, 2, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
            using var pass = network.Begin(isTraining: true);
            network.forward(torch.ones(6, 3)).sum().backward();
        });

        Assert.AreEqual(0, left);
    }

    private static Network Create(MlpArchitecture architecture) =>
        architecture.CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
}
