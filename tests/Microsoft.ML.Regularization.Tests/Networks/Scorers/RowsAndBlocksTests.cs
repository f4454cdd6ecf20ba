using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Tests.Networks.Scorers;

[TestClass]
public sealed class RowsAndBlocksTests
{
    private const int Inputs = 7;
    private const int Outputs = 3;
    private const int Rows = 19;

    [TestMethod]
    [DynamicData(nameof(Architectures))]
    [DynamicData(nameof(OfRealMlp))]
    public void A_row_gives_the_same_bits_alone_as_in_a_block(NetworkArchitecture architecture, Dropout? dropout)
    {
        var recipe = RegularizationRecipe.None with { Dropout = dropout };
        using var network = architecture.CreateNetwork(Inputs, Outputs, new NetworkBuilder(recipe, RandomKey.FromSeed(1)));
        IExceptionContext context = new MLContext();
        var weights = NetworkWeights.CopyOf(network);
        var scorer = architecture.CreateScorer(new TrainedParts(context, recipe, Inputs, Outputs, weights, Scaler: null));
        var random = new Random(2);
        var rows = Enumerable.Range(0, Rows * Inputs).Select(_ => 4 * random.NextSingle() - 2).ToArray();
        foreach (var noise in new[] { null, new NetworkNoiseSource(scorer, recipe, weights).Draw(RandomKey.FromSeed(3), 0) })
        {
            var (together, alone) = (new float[Rows * Outputs], new float[Rows * Outputs]);

            scorer.Score(rows, Rows, together, noise);

            for (var row = 0; row < Rows; row++)
                scorer.Score(rows.AsSpan(row * Inputs, Inputs), alone.AsSpan(row * Outputs, Outputs), noise);
            CollectionAssert.AreEqual(alone, together);
        }
    }

    private static IEnumerable<object?[]> Architectures =>
        from activation in Enum.GetValues<Activation>()
        from normalization in Enum.GetValues<Normalization>()
        from dropout in new Dropout?[] { null, 0.3, new DropConnect(0.3), new DropConnect(0.3) { Inference = DropConnectInference.MomentMatched } }
        from architecture in new NetworkArchitecture[]
        {
            NetworkArchitecture.Mlp(5, 33) with { Activation = activation, Normalization = normalization },
            NetworkArchitecture.ResidualMlp(9, 2) with { Activation = activation, Normalization = normalization },
        }
        select new object?[] { architecture, dropout };

    private static IEnumerable<object?[]> OfRealMlp =>
        from activation in Enum.GetValues<Activation>()
        from embeds in new[] { true, false }
        from dropout in new Dropout?[] { null, 0.3 }
        select new object?[] { NetworkArchitecture.RealMlp(activation) with { HiddenSizes = [5, 33], EmbedsNumbers = embeds }, dropout };
}
