using Microsoft.ML.Regularization.Tests.Trainers;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.RealMlp;

/// <summary>Initial weights that are fitted to training rows.</summary>
[TestClass]
public sealed class RealMlpInitializationTests
{
    private const int Rows = 40;
    private const int Outputs = 2;

    private static readonly InputLayout Input = new() { Numbers = 3, Categories = [new("small", 1, 3), new("large", 1, 20)] };

    private static readonly RealMlpArchitecture Architecture = new() { HiddenSizes = [7, 5], Activation = Activation.Mish };

    private static readonly RandomKey Key = RandomKey.FromSeed(9);

    private static readonly NeuralNetworkOptions Still = SmallNetwork.Options with
    {
        Architecture = Architecture, Recipe = RegularizationRecipe.None, LearningRate = 1e-12, MaxEpochs = 1,
    };

    [TestMethod]
    public void Weights_and_biases_are_those_of_a_second_implementation()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(Architecture);
        var before = NetworkWeights.CopyOf(network);
        var rows = RandomRows();
        network.InitializeFrom(new InitialRows(torch.tensor(rows, [Rows, 5]), InputScaling.None, Key));
        var after = NetworkWeights.CopyOf(network);

        // Layer by layer, in double precision.
        var state = Enumerable.Range(0, Rows).Select(row => Embed(before, rows.AsSpan(5 * row, 5))).ToArray();
        foreach (var (layer, name) in new[] { "hidden.0.linear", "hidden.1.linear", "output" }.Index())
        {
            var inputs = state[0].Length;
            var weight = before.Find(name + ".weight")!.Values.ToArray();
            var (newWeight, newBias) = (after.Find(name + ".weight")!.Values.ToArray(), after.Find(name + ".bias")!.Values.ToArray());
            var sums = new double[newBias.Length][];
            for (var unit = 0; unit < newBias.Length; unit++)
            {
                var own = state.Select(row => row.Select((value, i) => value * weight[unit * inputs + i]).Sum() / Math.Sqrt(inputs)).ToArray();
                var mean = own.Average();
                var deviation = Math.Sqrt(own.Average(value => (value - mean) * (value - mean)));
                for (var i = 0; i < inputs; i++)
                    Assert.AreEqual(weight[unit * inputs + i] / deviation, newWeight[unit * inputs + i], 2e-5, $"{name} unit {unit}");

                var random = new KeyedStream(Key.Derive((ulong)layer), (ulong)unit);
                var points = Enumerable.Range(0, 5).Select(_ => (Row: random.NextInt64(Rows), Share: -Math.Log(random.NextPositiveDouble()))).ToArray();
                var bias = -points.Sum(point => point.Share * own[point.Row] / deviation) / points.Sum(point => point.Share);
                Assert.AreEqual(bias, 0.1 * newBias[unit], 2e-5, $"{name} unit {unit}");
                Assert.IsTrue(own.Any(value => value / deviation + bias > 0) && own.Any(value => value / deviation + bias < 0), $"{name} unit {unit} is 0 among the rows");
                sums[unit] = [.. own.Select(value => value / deviation + bias)];
            }

            state = [.. Enumerable.Range(0, Rows).Select(row => sums.Select(unit => unit[row] * Math.Tanh(Math.Log(1 + Math.Exp(unit[row])))).ToArray())];
        }

        foreach (var name in new[] { "numbers.frequency", "numbers.mixing", "categories.1.weight", "scale.factor", "hidden.0.activation.mixing" })
            CollectionAssert.AreEqual(before.Find(name)!.Values.ToArray(), after.Find(name)!.Values.ToArray(), name);
    }

    [TestMethod]
    public void Units_that_are_the_same_in_all_rows_keep_their_weights()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(Architecture);
        var before = NetworkWeights.CopyOf(network);
        float[] row = [0.3f, -1.2f, 2, 2, 17];
        network.InitializeFrom(new InitialRows(torch.tensor(row, [1, 5]).expand(100, 5).contiguous(), InputScaling.None, Key));
        var after = NetworkWeights.CopyOf(network);

        CollectionAssert.AreEqual(before.Find("hidden.0.linear.weight")!.Values.ToArray(), after.Find("hidden.0.linear.weight")!.Values.ToArray());
        using var pass = network.Begin(isTraining: false);
        foreach (var output in network.forward(torch.tensor(row, [1, 5])).data<float>())
            Assert.AreEqual(0, output, 1e-5, "the only row is where every unit is 0");
    }

    [TestMethod]
    public void Outputs_of_a_regression_start_with_the_deviation_of_the_target()
    {
        var ml = new MLContext(seed: 1);
        var rows = ml.Data.LoadFromEnumerable(Example.Clusters(300));

        Assert.AreEqual(1, Ratio(Still), 1e-3);
        Assert.AreNotEqual(1, Ratio(Still with { Architecture = Architecture with { InitializesFromData = false } }), 1e-3);

        double Ratio(NeuralNetworkOptions options)
        {
            var model = EveryTask.Trainer(new MLContext(seed: 5), LearningTask.Regression, options).Fit(rows);
            var network = model.GetNeuralNetwork();

            // The network itself: predictions are bounded by the targets.
            using var scope = torch.NewDisposeScope();
            using var restored = network.Architecture.CreateNetwork(network.Input.Numbers, 1, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(0)));
            restored.ScaleInputs(network.Outcome.InputScaler!);
            network.Outcome.Weights.CopyTo(restored);
            using var pass = restored.Begin(isTraining: false);
            var features = Example.Clusters(300).Select(row => row.Features).ToArray();
            var outputs = restored.forward(torch.tensor(features.SelectMany(row => row).ToArray(), [300, features[0].Length])).data<float>().ToArray();
            var mean = outputs.Average(output => (double)output);
            return Math.Sqrt(outputs.Average(output => (output - mean) * (output - mean)));
        }
    }

    [TestMethod]
    public void Training_on_from_a_model_keeps_its_weights()
    {
        var trainer = new MLContext(seed: 5).MulticlassClassification.Trainers.NeuralNetwork(Still);
        var first = trainer.Fit(new MLContext().Rows(60)).Model;
        var second = trainer.Fit(new MLContext().Rows(80, seed: 3), first).Model;

        foreach (var (before, after) in SmallNetwork.Weights(first).Zip(SmallNetwork.Weights(second)))
            Golden.Closeness.AssertClose(before, after, 1e-6, "weights");
    }

    [TestMethod]
    public void Rows_that_are_streamed_give_the_same_weights()
    {
        var rows = new MLContext().Rows(90);
        SmallNetwork.AssertEqual(
            SmallNetwork.Weights(new MLContext(seed: 5).Fit(Still, rows).Model),
            SmallNetwork.Weights(new MLContext(seed: 5).Fit(Still with { DataCaching = DataCaching.None }, rows).Model));
    }

    private static double[] Embed(NetworkWeights weights, ReadOnlySpan<float> row)
    {
        var embedded = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            embedded.Add(row[i]);
            for (var k = 0; k < 3; k++)
            {
                var sum = 0.1 * At("numbers.shift", 3 * i + k);
                for (var f = 0; f < 16; f++)
                    sum += 0.1 * At("numbers.mixing", (16 * i + f) * 3 + k) * Math.Cos(0.1 * (2 * Math.PI * At("numbers.frequency", 16 * i + f) * row[i] + At("numbers.phase", 16 * i + f)));
                embedded.Add(sum);
            }
        }

        var (small, large) = ((int)row[3], (int)row[4]);
        embedded.AddRange(Enumerable.Range(0, 3).Select(k => At("categories.0.codes", 3 * small + k)));
        embedded.AddRange(Enumerable.Range(0, 8).Select(k => At("categories.1.weight", 8 * large + k)));
        return [.. embedded];

        double At(string name, int place) => weights.Find(name)!.Values.Span[place];
    }

    private static float[] RandomRows()
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, Rows).SelectMany(_ => new float[] { Number(), Number(), Number(), random.Next(4), random.Next(21) })];

        float Number() => 4 * random.NextSingle() - 2;
    }

    private static Network Create(RealMlpArchitecture architecture) =>
        architecture.CreateNetwork(Input, Outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
}
