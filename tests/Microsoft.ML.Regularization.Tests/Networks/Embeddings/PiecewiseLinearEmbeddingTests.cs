using System.Text.Json;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Networks.Embeddings;

[TestClass]
public sealed class PiecewiseLinearEmbeddingTests
{
    private static readonly PiecewiseLinearEmbedding Changed = new() { Bins = 7, Size = 3 };

    [TestMethod]
    public void Json_gives_the_same_back()
    {
        foreach (var embedding in new NumericalEmbedding[] { NumericalEmbedding.PiecewiseLinear(), Changed, NumericalEmbedding.Periodic(0.5) })
        {
            NetworkArchitecture architecture = NetworkArchitecture.Mlp(4) with { NumericalEmbedding = embedding };
            var json = JsonSerializer.Serialize(architecture, StrictJson.Options);

            Assert.AreEqual(architecture, JsonSerializer.Deserialize<NetworkArchitecture>(json, StrictJson.Options));
            Assert.AreNotEqual(architecture, NetworkArchitecture.Mlp(4));
        }

        Assert.AreNotEqual(Changed, Changed with { Bins = 8 });
        Assert.AreNotEqual(Changed, Changed with { Size = 4 });
    }

    [TestMethod]
    public void What_is_out_of_range_is_refused()
    {
        IExceptionContext context = new MLContext();
        foreach (var (embedding, option) in new (NumericalEmbedding, string)[]
        {
            (Changed with { Bins = 0 }, "NumericalEmbedding.Bins"), (Changed with { Bins = 1025 }, "NumericalEmbedding.Bins"),
            (Changed with { Size = 0 }, "NumericalEmbedding.Size"), (Changed with { Size = 257 }, "NumericalEmbedding.Size"),
            (NumericalEmbedding.Periodic(0), "NumericalEmbedding.FrequencyDeviation"),
        })
        {
            foreach (var architecture in new NetworkArchitecture[]
            {
                NetworkArchitecture.Mlp(4) with { NumericalEmbedding = embedding }, NetworkArchitecture.ResidualMlp() with { NumericalEmbedding = embedding },
                NetworkArchitecture.RealMlp() with { NumericalEmbedding = embedding },
            })
            {
                Assert.AreEqual(option, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => architecture.Validate(context)).ParamName);
            }
        }
    }

    [TestMethod]
    public void It_is_said_with_the_architecture()
    {
        Assert.AreEqual("Mlp(4), ReLU, piecewise linear embedding of 7 bins and size 3", (NetworkArchitecture.Mlp(4) with { NumericalEmbedding = Changed }).ToString());
        Assert.AreEqual(
            "RealMlp(256, 256, 256), piecewise linear embedding of 48 bins and size 16",
            (NetworkArchitecture.RealMlp() with { NumericalEmbedding = NumericalEmbedding.PiecewiseLinear() }).ToString());
    }

    [TestMethod]
    public void The_network_has_as_many_parameters_as_the_formula_says()
    {
        var input = new InputLayout { Numbers = 6, Categories = [new("eight", 1, 8)] };
        const int Table = 9 * 5;
        const int Width = 6 * 3 + 5;
        var architecture = NetworkArchitecture.Mlp(10) with { NumericalEmbedding = Changed };

        using var network = architecture.CreateNetwork(input, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));

        Assert.AreEqual(6 * 3 * (7 + 2) + Table + Width * 10 + 10 + 10 * 2 + 2, network.parameters().Sum(parameter => parameter.numel()));
        Assert.AreEqual(6 * 3 * (7 + 2) + Table + Width * 10 + 10 * 2, architecture.WeightsOf(input, 2));

        input = input with { Flags = [0, 1, 5] };
        using var flagged = architecture.CreateNetwork(input, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        Assert.AreEqual(3 * 3 * (7 + 2) + Table + (Width - 3 * 2) * 10 + 10 + 10 * 2 + 2, flagged.parameters().Sum(parameter => parameter.numel()));
        Assert.AreEqual(3 * 3 * (7 + 2) + Table + (Width - 3 * 2) * 10 + 10 * 2, architecture.WeightsOf(input, 2));
    }

    [TestMethod]
    public void Edges_are_quantiles_of_the_scaled_training_rows_and_stay_as_they_are()
    {
        // A constant number, which is not embedded, one of three values, one that is mostly 0, and one with a heavy tail.
        var random = new Random(5);
        var rows = Enumerable.Range(0, 200).Select(i => new Row
        {
            Features = [4, i % 3, i % 10 == 0 ? i : 0, MathF.Exp(6 * (float)random.NextDouble())],
            Label = i % 3,
        }).ToList();
        var ml = new MLContext(seed: 1);
        var options = new NeuralNetworkOptions
        {
            Architecture = NetworkArchitecture.Mlp(4) with { NumericalEmbedding = Changed },
            Recipe = RegularizationRecipe.None,
            InputScaling = InputScaling.Standardize,
            MaxEpochs = 2,
        };

        var network = ml.Regression.Trainers.NeuralNetwork(options).Fit(ml.Data.LoadFromEnumerable(rows)).GetNeuralNetwork();

        var edges = network.Weights.Single(tensor => tensor.Name == "numbers.edges");
        CollectionAssert.AreEqual(new long[] { 3, 8 }, edges.Shape.ToArray());
        for (var number = 1; number < 4; number++)
        {
            var values = rows.Select(row => (double)row.Features[number]).ToArray();
            var mean = values.Average();
            var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            var expected = Knots(values, 8).Select(value => (value - mean) / deviation).ToArray();
            for (var i = 0; i < 8; i++)
                Assert.AreEqual(expected[Math.Min(i, expected.Length - 1)], edges.Values.Span[(number - 1) * 8 + i], 1e-4, $"edge {i} of number {number}");
        }
    }

    // Another way to the same: the value of a tenth of the rows or more stands alone.
    private static double[] Knots(double[] values, int most)
    {
        var groups = values.GroupBy(value => value).ToList();
        if (groups.Count <= most)
            return [.. groups.Select(group => group.Key).Order()];
        var alone = groups.Where(group => group.Count() * (most - 1) >= values.Length).Select(group => group.Key).ToHashSet();
        var rest = values.Where(value => !alone.Contains(value)).Order().ToArray();
        var places = most - alone.Count;
        return [.. Enumerable.Range(0, places).Select(place =>
        {
            var position = place * (rest.Length - 1.0) / (places - 1);
            var below = rest[(int)position];
            return below + (position - (int)position) * (rest[Math.Min((int)position + 1, rest.Length - 1)] - below);
        }).Concat(alone).Distinct().Order()];
    }

    private sealed class Row
    {
        [Microsoft.ML.Data.VectorType(4)]
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }
}
