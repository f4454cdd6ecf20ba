using Microsoft.ML.Regularization.Tests.Golden;
using static Microsoft.ML.Regularization.Tests.Networks.Recurrent.RecurrentNetworks;

namespace Microsoft.ML.Regularization.Tests.Networks.Recurrent;

[TestClass]
public sealed class RecurrentScorerTests
{
    private static readonly int[][] Texts = [[2, 5, 3, 10, 1], [7], [4, 4, 9], [], [1], [10, 2, 3, 4, 5, 6, 7, 8], [3, 9, 3]];

    public static IEnumerable<object[]> Widths =>
        from kind in new RecurrentArchitecture[] { new LstmArchitecture(), new GruArchitecture() }
        from units in new[] { 1, 15, 16, 17, 40 }
        select new object[] { kind with { HiddenSize = units, EmbeddingSize = units + 3 } };

    [TestMethod]
    [DynamicData(nameof(RecurrentNetworks.Shapes), typeof(RecurrentNetworks))]
    [DynamicData(nameof(Widths))]
    public void Sequences_give_what_the_formulas_say(RecurrentArchitecture architecture)
    {
        using var network = Create(architecture, Numbers);
        var weights = NetworkWeights.CopyOf(network);
        var (reference, scorer) = (new RecurrentReference(architecture, weights), Scorer(architecture, Numbers, weights));
        using var rows = RecurrentNetworks.Rows(6, 15);
        foreach (var row in rows.data<float>().ToArray().Chunk(15))
        {
            var expected = reference.Outputs([.. row.Select(value => (double)value).Chunk(3)]);
            Closeness.AssertClose(expected, Score(scorer, [row])[0], 1e-6, "outputs");
        }
    }

    [TestMethod]
    [DynamicData(nameof(RecurrentNetworks.Shapes), typeof(RecurrentNetworks))]
    [DynamicData(nameof(Widths))]
    public void Texts_give_what_libtorch_gives(RecurrentArchitecture architecture)
    {
        using var network = Create(architecture, Text);
        var scorer = Scorer(architecture, Text, NetworkWeights.CopyOf(network));
        using var pass = network.Begin(isTraining: false);
        using var tokens = Tokens(Texts);
        var expected = network.forward(tokens).data<float>().ToArray();

        Closeness.AssertClose(expected.AsSpan(), [.. Score(scorer, RowsOf(Texts)).SelectMany(outputs => outputs)], 1e-5, "outputs");
    }

    [TestMethod]
    [DynamicData(nameof(RecurrentNetworks.Shapes), typeof(RecurrentNetworks))]
    public void A_text_gives_the_same_bits_alone_as_among_others(RecurrentArchitecture architecture)
    {
        using var network = Create(architecture, Text);
        var scorer = Scorer(architecture, Text, NetworkWeights.CopyOf(network));

        // More than are scored at once.
        var rows = RowsOf([.. Enumerable.Range(0, 60).SelectMany(_ => Texts)]);
        var together = Score(scorer, rows);
        for (var row = 0; row < rows.Length; row++)
            CollectionAssert.AreEqual(Score(scorer, [rows[row]])[0], together[row]);
    }

    [TestMethod]
    [DynamicData(nameof(RecurrentNetworks.Kinds), typeof(RecurrentNetworks))]
    public void Many_threads_get_the_same_numbers_as_one(RecurrentArchitecture architecture)
    {
        using var network = Create(architecture, Text);
        var scorer = Scorer(architecture, Text, NetworkWeights.CopyOf(network));
        var rows = RowsOf([.. Enumerable.Range(0, 5).SelectMany(_ => Texts)]);
        var expected = Score(scorer, rows);
        var actual = new float[6][][];
        var threads = Enumerable.Range(0, actual.Length).Select(thread => new Thread(() => actual[thread] = Score(scorer, rows))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        foreach (var scores in actual)
        {
            for (var row = 0; row < rows.Length; row++)
                CollectionAssert.AreEqual(expected[row], scores[row]);
        }
    }

    [TestMethod]
    [DynamicData(nameof(RecurrentNetworks.Kinds), typeof(RecurrentNetworks))]
    public void Gates_that_are_shut_or_open_stay_finite(RecurrentArchitecture architecture)
    {
        using var network = Create(architecture, Numbers);
        var weights = NetworkWeights.CopyOf(network);
        foreach (var scale in new[] { 1e3f, -1e3f, 1e20f })
        {
            using var rows = RecurrentNetworks.Rows(4, 15);
            var large = rows.data<float>().ToArray().Select(value => value * scale).Chunk(15).ToArray();
            var reference = new RecurrentReference(architecture, weights);
            var outputs = Score(Scorer(architecture, Numbers, weights), large);
            for (var row = 0; row < large.Length; row++)
                Closeness.AssertClose(reference.Outputs([.. large[row].Select(value => (double)value).Chunk(3)]), outputs[row], 1e-5, $"row {row}, {scale}");
        }

        Assert.IsTrue(float.IsNaN(Score(Scorer(architecture, Numbers, weights), [[.. Enumerable.Repeat(0f, 14), float.NaN]])[0][0]), "NaN stays");
    }

    [TestMethod]
    public void A_missing_tensor_is_named()
    {
        var architecture = new LstmArchitecture { HiddenSize = 4, EmbeddingSize = 3 };
        using var network = Create(architecture, Text);
        var weights = new NetworkWeights([.. NetworkWeights.CopyOf(network).Tensors.Where(tensor => tensor.Name != "ahead.0.recurrent_weight")]);
        Assert.Contains("'ahead.0.recurrent_weight'", Assert.ThrowsExactly<FormatException>(() => Scorer(architecture, Text, weights)).Message);
    }

    [TestMethod]
    public void Noise_is_left_to_libtorch()
    {
        var architecture = new LstmArchitecture { HiddenSize = 4 };
        using var network = Create(architecture, Numbers);
        var scorer = Scorer(architecture, Numbers, NetworkWeights.CopyOf(network));
        Assert.IsFalse(architecture.DrawsInManagedCode);
        Assert.ThrowsExactly<NotSupportedException>(() => scorer.Score(new float[15], 1, new float[2], new NetworkNoise([], [], IsEmpty: true)));
    }

    private static INetworkScorer Scorer(RecurrentArchitecture architecture, InputLayout input, NetworkWeights weights) =>
        architecture.CreateScorer(new TrainedParts(new MLContext(), RegularizationRecipe.None, input, 2, weights, Scaler: null));

    private static float[][] RowsOf(int[][] texts)
    {
        using var tokens = Tokens(texts);
        return [.. tokens.data<float>().ToArray().Chunk(8)];
    }

    private static float[][] Score(INetworkScorer scorer, float[][] rows)
    {
        var outputs = new float[2 * rows.Length];
        scorer.Score([.. rows.SelectMany(row => row)], rows.Length, outputs);
        return [.. outputs.Chunk(2)];
    }
}
