using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Pretrained;

/// <summary>all-MiniLM-L6-v2, whose matrices have numbers for names and are turned around.</summary>
[TestClass]
public sealed class PublishedMiniLMTests
{
    private const int Width = 384;
    private const int Vocabulary = 30522;
    private const int MaxLength = 32;

    private static readonly TextTransformerArchitecture Network = NetworkArchitecture.Bert(Width, depth: 6, heads: 12, MaxLength);

    // Ids of the vocabulary, [CLS] 101 and [SEP] 102 included.
    private static readonly long[][] Texts = [[101, 2023, 2003, 1037, 3231, 102], [101, 102], [101, .. Enumerable.Range(2000, 30).Select(id => (long)(id * 7 % 28000 + 1000)), 102]];

    [TestMethod]
    [DataRow(TokenPooling.Mean)]
    [DataRow(TokenPooling.FirstToken)]
    [DataRow(TokenPooling.UnitMean)]
    public void Embeddings_are_those_of_OnnxRuntime(TokenPooling pooling)
    {
        using var file = PublishedNetworkFiles.MiniLM();
        var expected = Expected(file.Path, pooling);
        var rows = torch.zeros(Texts.Length, MaxLength);
        foreach (var (row, text) in Texts.Index())
        {
            foreach (var (place, id) in text.Index())
                rows[row, place] = id + TextInput.FirstWord;
        }

        var layout = new InputLayout { Text = new TextInput(MaxLength, Vocabulary) { KeepsLastToken = true } };
        var actual = PublishedFeatures.Of(Network with { Pooling = pooling }, PretrainedWeights.FromOnnx(file.Path), layout, Width, rows);

        Assert.HasCount(expected.Length, actual);
        Assert.IsGreaterThan(pooling == TokenPooling.UnitMean ? 0.1f : 0.5f, expected.Max());
        for (var i = 0; i < actual.Length; i++)
            Assert.AreEqual(expected[i], actual[i], 1e-4, $"text {i / Width}, unit {i % Width}");
    }

    [TestMethod]
    public void Every_tensor_is_accounted_for()
    {
        using var file = PublishedNetworkFiles.MiniLM();
        var weights = PretrainedWeights.FromOnnx(file.Path);

        var report = weights.ReportFor(Network, vocabulary: Vocabulary);

        CollectionAssert.AreEqual(
            new[] { "encoder.layer.5.attention.self.query.bias", "encoder.layer.5.attention.self.key.bias", "encoder.layer.5.attention.self.value.bias" },
            report.Taken.Single(taken => taken.Name == "blocks.5.attention.qkv.bias").Sources.ToArray());
        Assert.Contains("pooler.dense.weight", report.Left);
        Assert.IsFalse(report.Left.Any(name => name.StartsWith("encoder", StringComparison.Ordinal)));
        CollectionAssert.AreEqual(new[] { "output.weight", "output.bias" }, report.New.ToArray());
        Refused(Network, vocabulary: 30000, "(30522, 384) instead of (30000, 384)");
        Refused(Network with { MaxLength = 600 }, Vocabulary, "(512, 384) instead of (600, 384)");
        Refused(Network with { Depth = 5 }, Vocabulary, "encoder.layer.5.");
        Refused(Network with { Form = TransformerForm.PreNormalization }, Vocabulary, "no tensor 'embedding.weight'");

        void Refused(TextTransformerArchitecture network, int vocabulary, string fragment) =>
            Assert.Contains(fragment, Assert.ThrowsExactly<InvalidDataException>(() => weights.ReportFor(network, vocabulary: vocabulary)).Message);
    }

    // The mean over the tokens that are there, and the first of them.
    private static float[] Expected(string path, TokenPooling pooling)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var session = new InferenceSession(path, options);
        return [.. Texts.SelectMany(text =>
        {
            var inputs = new[] { ("input_ids", text), ("attention_mask", [.. text.Select(_ => 1L)]), ("token_type_ids", new long[text.Length]) };
            using var results = session.Run([.. inputs.Select(input => NamedOnnxValue.CreateFromTensor(input.Item1, new DenseTensor<long>(input.Item2, [1, text.Length])))]);
            float[] hidden = [.. results.Single(result => result.Name == "last_hidden_state").AsTensor<float>()];
            float[] pooled = [.. Enumerable.Range(0, Width).Select(unit =>
                pooling == TokenPooling.FirstToken ? hidden[unit] : (float)Enumerable.Range(0, text.Length).Average(token => (double)hidden[token * Width + unit]))];
            var length = pooling == TokenPooling.UnitMean ? Math.Sqrt(pooled.Sum(value => (double)value * value)) : 1;
            return pooled.Select(value => (float)(value / length));
        })];
    }
}
