using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Regularization.Tests.Training.Data;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Regularizers;

[TestClass]
public sealed class WeightAverageTests
{
    [TestMethod]
    public void The_averages_are_PyTorchs()
    {
        var golden = GoldenFile.Read("ema_swa.json");
        var weights = golden.GetProperty("weights").EnumerateArray().Select(step => step.Floats()).ToList();
        foreach (var item in golden.GetProperty("ema").EnumerateArray())
            AssertAverages(weights, item.GetProperty("ema"), updates => updates == 0 ? 0 : item.GetProperty("decay").GetDouble());
        foreach (var item in golden.GetProperty("ema_warmup_decay").EnumerateArray())
            AssertAverages(weights, item.GetProperty("ema"), updates => ExponentialAverage.DecayOf(updates, item.GetProperty("decay").GetDouble()));
        AssertAverages(weights, golden.GetProperty("swa"), StochasticAverage.DecayOf);
    }

    [TestMethod]
    public void Torch_calls_give_the_same()
    {
        using var scope = torch.NewDisposeScope();
        var random = new Random(1);
        float[] average = [.. Enumerable.Range(0, 37).Select(_ => random.NextSingle() - 0.5f)];
        float[] weights = [.. Enumerable.Range(0, 37).Select(_ => random.NextSingle() - 0.5f)];
        var tensor = torch.tensor(average.ToArray());
        WeightAverage.Update(tensor, torch.tensor(weights), 0.8);
        WeightAverage.Update(average, weights, 0.8);
        Closeness.AssertClose(average.Select(value => (double)value).ToArray(), tensor.data<float>().ToArray(), 1e-6, "average");
    }

    [TestMethod]
    [DataRow(0.75, 1, 8, "7 8")]
    [DataRow(0.75, 1, 1, "1")]
    [DataRow(0.7, 1, 10, "8 9 10")]
    [DataRow(0.0, 2, 5, "1 3 5")]
    [DataRow(0.5, 3, 10, "6 9")]
    [DataRow(0.99, 1, 10, "10")]
    public void The_epochs_from_the_start_on_are_averaged(double start, int every, int epochs, string averaged) => Assert.AreEqual(
        averaged,
        string.Join(' ', Enumerable.Range(1, epochs).Where(epoch => StochasticAverage.IsAveraged(epoch, new StochasticWeightAveraging(start, every), epochs))));

    [TestMethod]
    public void A_network_uses_the_average_until_it_gets_its_own_weights_and_statistics_back()
    {
        var rows = new MemoryDataset(TableRows.Read([.. Enumerable.Range(0, 11).Select(i => new TableRows.HardRow { Features = [i, i % 3] })]));
        var architecture = NetworkArchitecture.Mlp(3) with { Normalization = Normalization.Batch };
        using var network = architecture.CreateNetwork(2, 3, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        using var batches = new Collator(TableRows.Plain, 8, 2, 3, torch.CPU);
        using var average = WeightAveraging.Exponential(0.5).CreateAverage(parameters, Refresh(rows, network, batches), maxEpochs: 1);
        Train(network);
        var (first, statistics) = (parameters.WeightSpan.ToArray(), Statistics(network));
        average.AfterStep();
        parameters.WeightSpan.Fill(2);
        average.AfterStep();

        using (average.Use())
        {
            // The second update keeps (1 + 1) / (10 + 1) of the first.
            var expected = first.Select(weight => 2 + (weight - 2) * 2 / 11.0).ToArray();
            Closeness.AssertClose(expected, parameters.WeightSpan.ToArray(), 1e-6, "average");
            CollectionAssert.AreNotEqual(statistics, Statistics(network));
        }

        Assert.IsTrue(parameters.WeightSpan.ToArray().All(weight => weight == 2));
        CollectionAssert.AreEqual(statistics, Statistics(network));
    }

    [TestMethod]
    public void Before_the_first_update_a_network_keeps_its_weights_and_statistics()
    {
        var rows = new MemoryDataset(TableRows.Read([.. Enumerable.Range(0, 11).Select(i => new TableRows.HardRow { Features = [i, i % 3] })]));
        var architecture = NetworkArchitecture.Mlp(3) with { Normalization = Normalization.Batch };
        using var network = architecture.CreateNetwork(2, 3, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        using var batches = new Collator(TableRows.Plain, 8, 2, 3, torch.CPU);
        using var average = WeightAveraging.Stochastic(0.5).CreateAverage(parameters, Refresh(rows, network, batches), maxEpochs: 4);
        Train(network);
        var (weights, statistics) = (parameters.WeightSpan.ToArray(), Statistics(network));
        average.AfterStep();
        average.AfterEpoch(1);
        average.AfterEpoch(2);
        using (average.Use())
        {
            CollectionAssert.AreEqual(weights, parameters.WeightSpan.ToArray());
            CollectionAssert.AreEqual(statistics, Statistics(network));
        }

        average.AfterEpoch(3);
        using (average.Use())
        {
            CollectionAssert.AreEqual(weights, parameters.WeightSpan.ToArray());
            CollectionAssert.AreNotEqual(statistics, Statistics(network));
        }
    }

    private static StatisticsRefresh Refresh(MemoryDataset rows, Network network, Collator batches) =>
        new(() => rows, network, batches, 4, RandomKey.FromSeed(2));

    private static void Train(Network network)
    {
        using var pass = network.Begin(isTraining: true);
        network.forward(torch.linspace(-1, 1, 12).view(6, 2));
    }

    private static float[] Statistics(Network network) =>
        [.. network.named_buffers().Where(buffer => buffer.name.Contains("running")).SelectMany(buffer => buffer.buffer.data<float>().ToArray())];

    private static void AssertAverages(List<float[]> weights, System.Text.Json.JsonElement golden, Func<long, double> decayOf)
    {
        var expected = golden.EnumerateArray().Select(step => step.Numbers()).ToList();
        var average = new float[weights[0].Length];
        for (var step = 0; step < weights.Count; step++)
        {
            WeightAverage.Update(average, weights[step], decayOf(step));
            Closeness.AssertClose(expected[step], average, 1e-6, $"step {step}");
        }
    }
}
