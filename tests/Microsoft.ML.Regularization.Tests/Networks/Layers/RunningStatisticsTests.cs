using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Layers;

[TestClass]
public sealed class RunningStatisticsTests
{
    [TestMethod]
    public void Learned_by_equal_parts_they_are_those_of_PyTorchs_update_bn()
    {
        using var scope = torch.NewDisposeScope();
        var golden = GoldenFile.Read("ema_swa.json").GetProperty("update_bn");
        using var network = Create(inputs: 3);
        Set(network, "hidden.0.linear.weight", golden.GetProperty("linear_w").Floats());
        Set(network, "hidden.0.linear.bias", golden.GetProperty("linear_b").Floats());

        // What was there before must not count.
        Train(network, torch.ones(4, 3) * torch.arange(4, torch.ScalarType.Float32).unsqueeze(1));
        var count = 0;
        foreach (var batch in golden.GetProperty("batches").EnumerateArray())
        {
            using var pass = network.Begin(isTraining: false);
            using var learning = network.Statistics.Learn(1.0 / ++count);
            network.forward(torch.tensor(batch.Floats(), [batch.GetArrayLength(), 3]));
        }

        var weights = NetworkWeights.CopyOf(network);
        Closeness.AssertClose(golden.GetProperty("running_mean").Numbers(), weights.Find("hidden.0.norm.running_mean")!.Values.Span, 1e-5, "mean");
        Closeness.AssertClose(golden.GetProperty("running_var").Numbers(), weights.Find("hidden.0.norm.running_var")!.Values.Span, 1e-5, "variance");
    }

    [TestMethod]
    public void Frozen_ones_stay_while_rows_are_normalized_by_their_batch()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(inputs: 2);
        var rows = torch.linspace(-1, 2, 10).view(5, 2);
        var expected = Train(network, rows);
        var (mean, variance) = Statistics(network);
        using (network.Statistics.Freeze())
        {
            using (network.Statistics.Freeze())
                CollectionAssert.AreEqual(expected, Train(network, rows));

            // The end of an inner scope does not thaw the outer one.
            Train(network, rows);
        }

        Assert.AreEqual((mean, variance), Statistics(network));
        Train(network, rows);
        Assert.AreNotEqual((mean, variance), Statistics(network));
    }

    [TestMethod]
    public void A_network_without_batch_normalization_has_none()
    {
        using var network = NetworkArchitecture.Mlp(2).CreateNetwork(2, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        Assert.IsFalse(network.Statistics.Any);
        network.Statistics.Freeze().Dispose();
        network.Statistics.Keep().Dispose();
    }

    private static (float Mean, float Variance) Statistics(Network network)
    {
        var weights = NetworkWeights.CopyOf(network);
        return (weights.Find("hidden.0.norm.running_mean")!.Values.Span[0], weights.Find("hidden.0.norm.running_var")!.Values.Span[1]);
    }

    private static float[] Train(Network network, torch.Tensor rows)
    {
        using var pass = network.Begin(isTraining: true);
        return network.forward(rows).data<float>().ToArray();
    }

    private static Network Create(int inputs) => (NetworkArchitecture.Mlp(2) with { Normalization = Normalization.Batch })
        .CreateNetwork(inputs, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));

    private static void Set(Network network, string name, float[] values)
    {
        using var _ = torch.no_grad();
        var parameter = network.named_parameters().Single(named => named.name == name).parameter;
        parameter.copy_(torch.tensor(values, parameter.shape));
    }
}
