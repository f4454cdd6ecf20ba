using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Training.Optimization;

[TestClass]
public sealed class WeightAverageTests
{
    [TestMethod]
    public void The_average_is_PyTorchs()
    {
        var golden = GoldenFile.Read("ema_swa.json");
        var weights = golden.GetProperty("weights").EnumerateArray().Select(step => step.Floats()).ToList();
        foreach (var item in golden.GetProperty("ema").EnumerateArray())
            AssertAverages(weights, item, (updates, decay) => updates == 0 ? 0 : decay);
        foreach (var item in golden.GetProperty("ema_warmup_decay").EnumerateArray())
            AssertAverages(weights, item, WeightAverage.DecayOf);
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
    public void A_network_uses_the_average_until_it_gets_its_own_weights_back()
    {
        using var network = NetworkArchitecture.Mlp(3).CreateNetwork(2, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);
        using var average = new WeightAverage(new WeightAveraging { Decay = 0.5 }, parameters);
        var first = parameters.WeightSpan.ToArray();
        average.Update();
        parameters.WeightSpan.Fill(2);
        average.Update();

        using (average.Use())
        {
            // The second update keeps (1 + 1) / (10 + 1) of the first.
            var expected = first.Select(weight => 2 + (weight - 2) * 2 / 11.0).ToArray();
            Closeness.AssertClose(expected, parameters.WeightSpan.ToArray(), 1e-6, "average");
        }

        Assert.IsTrue(parameters.WeightSpan.ToArray().All(weight => weight == 2));
    }

    private static void AssertAverages(List<float[]> weights, System.Text.Json.JsonElement golden, Func<long, double, double> decayOf)
    {
        var decay = golden.GetProperty("decay").GetDouble();
        var expected = golden.GetProperty("ema").EnumerateArray().Select(step => step.Numbers()).ToList();
        var average = new float[weights[0].Length];
        for (var step = 0; step < weights.Count; step++)
        {
            WeightAverage.Update(average, weights[step], decayOf(step, decay));
            Closeness.AssertClose(expected[step], average, 1e-6, $"decay {decay}, step {step}");
        }
    }
}
