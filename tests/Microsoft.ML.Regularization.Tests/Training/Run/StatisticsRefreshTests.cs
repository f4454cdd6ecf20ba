using Microsoft.ML.Regularization.Tests.Training.Data;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Run;

[TestClass]
public sealed class StatisticsRefreshTests
{
    /// <summary>Rows in an order that would tell, in batches of which one is larger: the mean is that of all rows, whatever was there before.</summary>
    [TestMethod]
    public void Means_are_those_of_all_rows_without_noise()
    {
        var rows = Enumerable.Range(0, 13).Select(i => new TableRows.HardRow { Features = [i * 0.3f, i % 4 - 1], Weight = i % 2 }).ToArray();
        var (mean, _) = Refresh(rows, batchSize: 4, out var weight, out var bias);
        for (var unit = 0; unit < 3; unit++)
        {
            var expected = rows.Average(row => weight[2 * unit] * row.Features[0] + (double)weight[2 * unit + 1] * row.Features[1] + bias[unit]);
            Assert.AreEqual(expected, mean[unit], 1e-5);
        }
    }

    [TestMethod]
    public void Variances_of_one_batch_are_unbiased_and_of_sorted_rows_nearly_so()
    {
        var rows = Enumerable.Range(0, 240).Select(i => new TableRows.HardRow { Features = [i * 0.01f, i / 40] }).ToArray();
        foreach (var (batchSize, tolerance) in new[] { (240, 1e-4), (40, 0.05) })
        {
            var (_, variance) = Refresh(rows, batchSize, out var weight, out _);
            for (var unit = 0; unit < 3; unit++)
            {
                var outputs = rows.Select(row => weight[2 * unit] * row.Features[0] + (double)weight[2 * unit + 1] * row.Features[1]).ToList();
                var expected = outputs.Sum(output => Math.Pow(output - outputs.Average(), 2)) / 239;
                Assert.AreEqual(expected, variance[unit], tolerance * expected, $"batches of {batchSize}");
            }
        }
    }

    private static (float[] Mean, float[] Variance) Refresh(TableRows.HardRow[] rows, int batchSize, out float[] weight, out float[] bias)
    {
        var recipe = RegularizationRecipe.None with { Dropout = 0.5 };
        var architecture = NetworkArchitecture.Mlp(3, 3) with { Normalization = Normalization.Batch };
        using var network = architecture.CreateNetwork(2, 3, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
        using var batches = new Collator(TableRows.Plain, batchSize, 2, 3, torch.CPU);
        var before = NetworkWeights.CopyOf(network);
        NetworkWeights during;
        var refreshed = new MemoryDataset(TableRows.Read(rows));
        using (new StatisticsRefresh(() => refreshed, network, batches, batchSize, RandomKey.FromSeed(2)).Run())
        {
            during = NetworkWeights.CopyOf(network);
            Assert.AreEqual(BatchNormLayer.UsualMomentum, network.modules().OfType<BatchNormLayer>().First().Momentum);
        }

        var after = NetworkWeights.CopyOf(network);
        foreach (var tensor in before.Tensors)
            CollectionAssert.AreEqual(tensor.Values.ToArray(), after.Find(tensor.Name)!.Values.ToArray(), tensor.Name);
        (weight, bias) = (during.Find("hidden.0.linear.weight")!.Values.ToArray(), during.Find("hidden.0.linear.bias")!.Values.ToArray());
        return (during.Find("hidden.0.norm.running_mean")!.Values.ToArray(), during.Find("hidden.0.norm.running_var")!.Values.ToArray());
    }
}
