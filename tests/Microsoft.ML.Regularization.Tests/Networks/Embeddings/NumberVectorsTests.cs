using Microsoft.ML.Regularization.Tests.Golden;
using Microsoft.ML.Runtime;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Embeddings;

/// <summary>Networks that embed numbers, in managed code against libtorch.</summary>
[TestClass]
public sealed class NumberVectorsTests
{
    private const int Outputs = 3;
    private const int Rows = 40;
    private const int Bins = 5;

    private static readonly InputLayout Plain = new() { Numbers = 9, Categories = [new("few", 1, 3), new("many", 2, 30)] };

    private static readonly InputLayout[] Inputs =
    [
        Plain, Plain with { Flags = [0, 4, 5, 8] }, Plain with { Flags = [.. Enumerable.Range(1, 8)] }, Plain with { Flags = [.. Enumerable.Range(0, 9)] },
        new() { Numbers = 6, Flags = [1, 2] },
    ];

    // The last two edges of every third number are the same, and all of every fourth.
    private static readonly float[] Edges = [.. from number in Enumerable.Range(0, Plain.Numbers)
                                                from edge in Enumerable.Range(0, Bins + 1)
                                                select number % 4 == 3 ? 0.5f : Math.Min(edge, number % 3 == 2 ? Bins - 1 : Bins) * 0.4f - 1 + number / 20f];

    public static IEnumerable<object[]> Architectures =>
        from embedding in new NumericalEmbedding[] { NumericalEmbedding.PiecewiseLinear(Bins, size: 3), NumericalEmbedding.PiecewiseLinear(Bins, 16), NumericalEmbedding.Periodic(0.5) }
        from architecture in new NetworkArchitecture[]
        {
            NetworkArchitecture.Mlp(7, 5) with { NumericalEmbedding = embedding },
            NetworkArchitecture.ResidualMlp(6, 2) with { NumericalEmbedding = embedding, Normalization = Normalization.Layer },
            NetworkArchitecture.RealMlp() with { NumericalEmbedding = embedding, HiddenSizes = [7, 5] },
            NetworkArchitecture.TabM(3, 7, 5) with { NumericalEmbedding = embedding },
        }
        from input in Enumerable.Range(0, Inputs.Length)
        select new object[] { architecture, input };

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    public void Managed_code_gives_the_outputs_of_libtorch_and_a_row_the_same_bits_alone_as_in_a_block(NetworkArchitecture architecture, int layout)
    {
        var input = Inputs[layout];
        using var network = architecture.CreateNetwork(input, Outputs, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        Shake(network, input);
        using var pass = network.Begin(isTraining: false);
        IExceptionContext context = new MLContext();
        var scorer = architecture.CreateScorer(
            new TrainedParts(context, RegularizationRecipe.None, input, Outputs, NetworkWeights.CopyOf(network), Scaler: null));
        var (random, width) = (new Random(2), input.Width);
        float[] rows = [.. Enumerable.Range(0, Rows).SelectMany(row => Row(input, random, reach: row % 5 == 4 ? 40 : 3))];

        // In double precision, so that only the managed code rounds.
        network.to(torch.ScalarType.Float64);
        var expected = network.forward(torch.tensor(rows, [Rows, width]).to(torch.ScalarType.Float64)).data<double>().ToArray();
        var (together, alone) = (new float[Rows * Outputs], new float[Rows * Outputs]);
        scorer.Score(rows, Rows, together);
        for (var row = 0; row < Rows; row++)
            scorer.Score(rows.AsSpan(row * width, width), 1, alone.AsSpan(row * Outputs, Outputs));

        Assert.IsTrue(architecture.ScoresInManagedCode);
        Assert.IsNotInstanceOfType<TorchScorer>(scorer);
        Closeness.AssertClose(expected, together, 1e-5, architecture.ToString());
        CollectionAssert.AreEqual(together, alone);
    }

    private static IEnumerable<float> Row(InputLayout input, Random random, float reach) =>
        Enumerable.Range(0, input.Numbers).Select(_ => reach * (2 * random.NextSingle() - 1)).Concat(input.KeyValues.Select(values => (float)random.Next(values + 1)));

    /// <summary>Moves parameters off the values they start at, and gives bins their edges.</summary>
    private static void Shake(Network network, InputLayout input)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var parameter in network.parameters())
            parameter.add_(torch.cos(torch.arange(parameter.numel(), dtype: torch.ScalarType.Float32)).view(parameter.shape) * 0.3);
        foreach (var layer in network.modules().OfType<IBinnedLayer>())
            layer.TakeEdges(Edges.AsSpan(0, input.QuantityCount * (Bins + 1)));
    }
}
