using Microsoft.ML.Regularization.Tests.Networks;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Tensors;

[TestClass]
public sealed class NetworkWeightsTests
{
    [TestMethod]
    public void A_copy_restores_the_state_and_does_not_follow_the_network()
    {
        var architecture = NetworkArchitecture.Mlp(4) with { Normalization = Normalization.Batch };
        using var network = architecture.CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        var input = torch.arange(15, dtype: torch.ScalarType.Float32).view(5, 3);
        var copy = NetworkWeights.CopyOf(network);
        var before = Evaluate();

        // Moves the running statistics, then every parameter.
        using (network.Begin(isTraining: true))
            _ = network.forward(input);
        using (torch.no_grad())
        {
            foreach (var parameter in network.parameters())
                parameter.add_(0.5);
        }

        CollectionAssert.AreNotEqual(before, Evaluate());
        copy.CopyTo(network);
        CollectionAssert.AreEqual(before, Evaluate());

        float[] Evaluate()
        {
            using var pass = network.Begin(isTraining: false);
            return network.forward(input).data<float>().ToArray();
        }
    }

    [TestMethod]
    public void Restoring_writes_into_the_flat_weights()
    {
        using var network = NetworkArchitecture.Mlp(4).CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        var copy = NetworkWeights.CopyOf(network);
        var before = parameters.WeightSpan.ToArray();
        parameters.WeightSpan.Clear();

        copy.CopyTo(network);

        CollectionAssert.AreEqual(before, parameters.WeightSpan.ToArray());
    }

    [TestMethod]
    public void Tensors_are_found_by_name_with_their_shape()
    {
        using var network = NetworkArchitecture.Mlp(4).CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        var weights = NetworkWeights.CopyOf(network);

        CollectionAssert.AreEqual(new long[] { 4, 3 }, weights.Find("hidden.0.linear.weight")!.Shape.ToArray());
        Assert.AreEqual(12, weights.Find("hidden.0.linear.weight")!.Values.Length);
        Assert.IsNull(weights.Find("hidden.1.linear.weight"));
    }

    [TestMethod]
    [DoNotParallelize]
    public void Copying_leaves_no_tensor_behind()
    {
        using var network = NetworkArchitecture.Mlp(4).CreateNetwork(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));

        Assert.AreEqual(0, LiveTensors.LeftBy(() => NetworkWeights.CopyOf(network).CopyTo(network)));
    }
}
