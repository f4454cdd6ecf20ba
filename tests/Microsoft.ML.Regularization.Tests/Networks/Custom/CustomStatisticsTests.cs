using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Custom;

/// <summary>Running statistics of TorchSharp's own batch normalizations, in which a momentum of 0 means something else than in the library's.</summary>
[TestClass]
public sealed class CustomStatisticsTests
{
    private static readonly float[] Rows = [0, 1, 2, 5, 4, 3];

    [TestMethod]
    public void Frozen_they_stay()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create();
        Train(network);
        var before = Statistics(network);
        using (network.Statistics.Freeze())
            Train(network);

        CollectionAssert.AreEqual(before, Statistics(network));
        Train(network);
        CollectionAssert.AreNotEqual(before, Statistics(network));
    }

    [TestMethod]
    public void Learned_with_a_part_of_one_they_are_the_batchs_and_kept_ones_come_back()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create();
        Train(network);
        var before = Statistics(network);
        using (network.Statistics.Keep())
        {
            using (network.Statistics.Learn(1))
                network.forward(torch.tensor(Rows, [3, 2]));

            // Columns 0, 2, 4 and 1, 5, 3: means 2 and 3, unbiased variances 4.
            CollectionAssert.AreEqual(new float[] { 2, 3, 4, 4 }, Statistics(network));
        }

        CollectionAssert.AreEqual(before, Statistics(network));
        Train(network);

        // PyTorch's momentum of 0.1 is back.
        CollectionAssert.AreEqual(before.Zip([2f, 3f, 4f, 4f], (old, batch) => 0.9f * old + 0.1f * batch).ToArray(), Statistics(network), new Within(1e-5f));
    }

    private static Network Create() =>
        NetworkArchitecture.Custom(new OnlyNormalization()).CreateNetwork(2, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));

    private static void Train(Network network)
    {
        using var pass = network.Begin(isTraining: true);
        network.forward(torch.tensor(Rows, [3, 2]));
    }

    private static float[] Statistics(Network network) =>
        [.. network.named_buffers().Where(named => named.name.Contains("running", StringComparison.Ordinal))
            .OrderBy(named => named.name, StringComparer.Ordinal).SelectMany(named => named.buffer.data<float>().ToArray())];

    public sealed class OnlyNormalization : ICustomNetwork
    {
        public torch.nn.Module<torch.Tensor, torch.Tensor> Create(CustomNetworkInput input, int outputs) => torch.nn.BatchNorm1d(outputs);
    }

    private sealed class Within(float tolerance) : System.Collections.IComparer
    {
        public int Compare(object? x, object? y) => Math.Abs((float)x! - (float)y!) <= tolerance ? 0 : 1;
    }
}
