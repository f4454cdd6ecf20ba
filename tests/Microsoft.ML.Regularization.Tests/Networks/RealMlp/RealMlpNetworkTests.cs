using Microsoft.ML.Regularization.Tests.Golden;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.RealMlp;

[TestClass]
public sealed class RealMlpNetworkTests
{
    private const int Outputs = 2;

    private static readonly InputLayout Input = new() { Numbers = 3, Categories = [new("small", 1, 3), new("large", 1, 20)] };

    private static readonly RealMlpArchitecture Architecture = new() { HiddenSizes = [7, 5], Activation = Activation.Mish };

    [TestMethod]
    public void It_computes_what_the_paper_says()
    {
        using var network = Create(1);
        Shake(network);
        var weights = NetworkWeights.CopyOf(network);
        float[] numbers = [0.3f, -1.2f, 2];

        var output = Score(network, [.. numbers, 2, 17]);

        // A second implementation in double precision, of the parameters' effective values.
        var embedded = new List<double>();
        for (var i = 0; i < 3; i++)
        {
            embedded.Add(numbers[i]);
            for (var k = 0; k < 3; k++)
            {
                var sum = 0.1 * At("numbers.shift", i, k);
                for (var f = 0; f < 16; f++)
                {
                    var wave = Math.Cos(2 * Math.PI * 0.1 * At("numbers.frequency", i, f) * numbers[i] + 0.1 * At("numbers.phase", i, f));
                    sum += 0.1 * At("numbers.mixing", i, f, k) * wave;
                }

                embedded.Add(sum);
            }
        }

        embedded.AddRange([0, 1, 0]);
        embedded.AddRange(Enumerable.Range(0, 8).Select(k => At("categories.1.weight", 17, k)));
        var state = embedded.Select((value, i) => value * 6 * At("scale.factor", i)).ToArray();
        for (var layer = 0; layer < 2; layer++)
        {
            state = [.. Linear($"hidden.{layer}.linear", state).Select((value, unit) =>
            {
                var mixing = 0.1 * At($"hidden.{layer}.activation.mixing", unit);
                return (1 - mixing) * value + mixing * value * Math.Tanh(Math.Log(1 + Math.Exp(value)));
            })];
        }

        var expected = Linear("output", state);
        for (var i = 0; i < Outputs; i++)
            Assert.AreEqual(expected[i], output[i], 1e-4);

        double[] Linear(string name, double[] input) => [.. Enumerable.Range(0, (int)weights.Find(name + ".bias")!.Shape[0]).Select(unit =>
            input.Select((value, i) => value * At(name + ".weight", unit, i)).Sum() / Math.Sqrt(input.Length) + 0.1 * At(name + ".bias", unit))];

        double At(string name, params int[] place)
        {
            var tensor = weights.Find(name)!;
            return tensor.Values.Span[place.Select((index, dimension) => index * (int)tensor.Shape.Skip(dimension + 1).Aggregate(1L, (a, b) => a * b)).Sum()];
        }
    }

    [TestMethod]
    public void Parameters_start_where_the_paper_has_them()
    {
        using var scope = torch.NewDisposeScope();
        using var network = NetworkArchitecture.RealMlp().CreateNetwork(400, Outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        var parameters = network.named_parameters().ToDictionary(named => named.name, named => named.parameter);

        Assert.AreEqual(1, parameters["hidden.1.linear.weight"].std().item<float>(), 0.02);
        Assert.AreEqual(Math.Sqrt(1.0 / 3), 0.1 * parameters["hidden.1.linear.bias"].std().item<float>(), 0.08);
        Assert.AreEqual(0.1, 0.1 * parameters["numbers.frequency"].std().item<float>(), 0.005);
        Assert.AreEqual(Math.PI, 0.1 * parameters["numbers.phase"].abs().max().item<float>(), 0.01);
        Assert.AreEqual(0.25, 0.1 * parameters["numbers.mixing"].abs().max().item<float>(), 0.01);
        Assert.AreEqual(1, 6 * parameters["scale.factor"].min().item<float>(), 1e-6);
        Assert.AreEqual(1, 0.1 * parameters["hidden.0.activation.mixing"].max().item<float>(), 1e-6);
    }

    [TestMethod]
    public void Tables_start_normal_with_the_vector_of_missing_values_among_them()
    {
        var input = new InputLayout { Categories = [new("large", 1, 3000), new("others", 200, 9)] };
        using var network = Architecture.CreateNetwork(input, Outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        var weights = NetworkWeights.CopyOf(network);
        AssertNormal(weights.Find("categories.0.weight")!.Values.ToArray());
        AssertNormal([.. Enumerable.Range(1, 200).SelectMany(key => weights.Find($"categories.{key}.weight")!.Values.ToArray()[..8])]);

        static void AssertNormal(float[] values)
        {
            // Moments within 4 standard errors.
            var error = 4 / Math.Sqrt(values.Length);
            Assert.AreEqual(0, values.Average(value => (double)value), error);
            Assert.AreEqual(1, values.Average(value => (double)value * value), Math.Sqrt(2) * error);
            Assert.AreEqual(3, values.Average(value => Math.Pow(value, 4)), Math.Sqrt(96) * error);
        }
    }

    [TestMethod]
    public void One_step_of_adam_moves_parameters_by_the_papers_ratios()
    {
        using var scope = torch.NewDisposeScope();
        using var network = Create(1);
        using var parameters = new FlatParameters(network);
        using var update = Optimizer.Adam().CreateUpdate(parameters, WeightShrinkage.Of(RegularizationRecipe.None));
        var before = NetworkWeights.CopyOf(network);
        using (network.Begin(isTraining: true))
            network.forward(torch.tensor(new float[] { 0.3f, -1.2f, 2, 2, 17 }, [1, 5])).sum().backward();

        update.Step(1e-3);

        // Adam's first step moves each parameter by the learning rate.
        var after = NetworkWeights.CopyOf(network);
        Assert.AreEqual(1e-3, Moved("hidden.0.linear.weight", 1), 1e-5);
        Assert.AreEqual(1e-4, Moved("hidden.0.linear.bias", 0.1), 1e-5);
        Assert.AreEqual(1e-4, Moved("numbers.mixing", 0.1), 1e-5);
        Assert.AreEqual(1e-4, Moved("hidden.0.activation.mixing", 0.1), 1e-5);
        Assert.AreEqual(6e-3, Moved("scale.factor", 6), 1e-4);

        double Moved(string name, double rate) =>
            before.Find(name)!.Values.ToArray().Zip(after.Find(name)!.Values.ToArray(), (from, to) => rate * Math.Abs(to - from)).Max();
    }

    [TestMethod]
    public void Matrices_are_penalized_and_nothing_else_is()
    {
        using var network = Create(1);
        using var parameters = new FlatParameters(network);

        CollectionAssert.AreEquivalent(
            new[] { "categories.1.weight", "hidden.0.linear.weight", "hidden.1.linear.weight", "output.weight" },
            parameters.Matrices.Select(matrix => matrix.Name).ToArray());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Decay_at_the_peak_of_the_rate_is_the_papers(bool useSpans)
    {
        using var network = Create(1);
        Shake(network);
        var before = NetworkWeights.CopyOf(network);
        using var parameters = new FlatParameters(network, useSpans);
        using var update = Optimizer.Adam().CreateUpdate(parameters, WeightShrinkage.Of(RegularizationRecipe.None with { WeightDecay = 0.02 }));

        // Without a gradient Adam does not move.
        update.Step(0.04);

        AssertShrunk(0.0288, "scale.factor");
        AssertShrunk(0.0008, "hidden.0.linear.weight", "output.weight", "categories.1.weight");
        AssertShrunk(0.000008, "numbers.frequency", "numbers.phase", "numbers.mixing", "numbers.shift", "hidden.1.activation.mixing");
        AssertShrunk(0, "hidden.0.linear.bias", "output.bias");
        Assert.AreEqual(parameters.Count - 7 - 5 - 2, parameters.DecayedCount);

        void AssertShrunk(double share, params string[] names)
        {
            var after = NetworkWeights.CopyOf(network);
            foreach (var name in names)
            {
                Assert.AreEqual(1 - share, Norm(after, name) / Norm(before, name), 5e-7, name);
            }

            static double Norm(NetworkWeights weights, string name) => Math.Sqrt(weights.Find(name)!.Values.ToArray().Sum(value => (double)value * value));
        }
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Penalties_leave_what_is_decayed_by_a_factor_of_its_own(bool useSpans)
    {
        using var network = Create(1);
        var before = NetworkWeights.CopyOf(network);
        using var parameters = new FlatParameters(network, useSpans);
        using var update = Optimizer.Sgd().CreateUpdate(parameters, WeightShrinkage.Of(RegularizationRecipe.None with { L1 = 1 }));

        update.Step(0.01);

        var after = NetworkWeights.CopyOf(network);
        foreach (var tensor in before.Tensors)
        {
            var same = tensor.Values.Span.SequenceEqual(after.Find(tensor.Name)!.Values.Span);
            Assert.AreEqual(tensor.Shape.Count < 2 || !tensor.Name.EndsWith("weight", StringComparison.Ordinal), same, tensor.Name);
        }
    }

    [TestMethod]
    public void The_decay_of_the_factors_can_be_set()
    {
        using var network = (Architecture with { ScaleDecay = 6 }).CreateNetwork(Input, Outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        using var parameters = new FlatParameters(network);

        CollectionAssert.AreEqual(new[] { 1, 0, 0.01, 6 }, parameters.Decays.Select(range => Math.Round(range.Factor, 12)).ToArray());
        CollectionAssert.AreEqual(new[] { true, false, false, false }, parameters.Decays.Select(range => range.IsPenalized).ToArray());
        var end = 0L;
        foreach (var range in parameters.Decays)
        {
            Assert.AreEqual(end, range.Start);
            end += range.Length;
        }

        Assert.AreEqual(parameters.Weights.numel(), end);
    }

    [TestMethod]
    public void Initial_weights_and_noise_are_keyed()
    {
        CollectionAssert.AreEqual(Output(1, 1), Output(1, 1));
        CollectionAssert.AreNotEqual(Output(1, 1), Output(1, 2));
        CollectionAssert.AreNotEqual(Output(1, 1), Output(2, 1));

        static float[] Output(int seed, ulong step)
        {
            using var network = Create(seed, RegularizationRecipe.None with { Dropout = 0.5 });
            using var pass = network.Begin(isTraining: true);
            network.Clock.Step = step;
            return network.forward(torch.ones(3, 5)).data<float>().ToArray();
        }
    }

    [TestMethod]
    public void State_0_is_mixed_with_categories_embedded()
    {
        using var network = Create(1);
        using var pass = network.Begin(isTraining: true);
        var rows = torch.tensor(new float[] { 0.3f, -1.2f, 2, 2, 17, 1, 0, 0.5f, 3, 4 }, [2, 5]);
        using var partners = torch.tensor(new long[] { 1, 0 });

        network.Mixing = new HiddenMixing(0, partners, 0.5);
        var mixed = network.forward(rows).data<float>().ToArray();
        network.Mixing = null;

        // Half of each row is the same row, whichever of the two keys: no key was averaged.
        Closeness.AssertClose(mixed.AsSpan(0, Outputs), mixed.AsSpan(Outputs, Outputs).ToArray(), 1e-5, "rows");
    }

    [TestMethod]
    [DoNotParallelize]
    public void Disposing_leaves_no_tensor_behind() => Assert.AreEqual(0, LiveTensors.LeftBy(() =>
    {
        using var network = Create(1, RegularizationRecipe.None with { Dropout = 0.5 });
        using var pass = network.Begin(isTraining: true);
        network.forward(torch.ones(6, 5)).sum().backward();
    }));

    private static Network Create(int seed, RegularizationRecipe? recipe = null) =>
        Architecture.CreateNetwork(Input, Outputs, new NetworkBuilder(recipe ?? RegularizationRecipe.None, RandomKey.FromSeed(seed)));

    private static float[] Score(Network network, float[] row)
    {
        using var pass = network.Begin(isTraining: false);
        return network.forward(torch.tensor(row, [1, row.Length])).data<float>().ToArray();
    }

    /// <summary>Moves every parameter off the value it starts at.</summary>
    private static void Shake(Network network)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var parameter in network.parameters())
            parameter.mul_(torch.cos(torch.arange(parameter.numel(), dtype: torch.ScalarType.Float32)).view(parameter.shape) * 0.3 + 1);
    }
}
