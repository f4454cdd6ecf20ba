using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

/// <summary>A transformer of texts with weights from nowhere, saved and loaded, against its formula in plain loops.</summary>
[TestClass]
public sealed class TextTransformerTests
{
    private const int Vocabulary = 6;
    private const int Places = 5;
    private const int Width = 4;
    private const int Heads = 2;
    private const int Hidden = 8;
    private const int Classes = 2;

    private static readonly NetworkWeights Weights = Made();

    private static TextTransformerArchitecture Architecture =>
        new() { Width = Width, Depth = 1, Heads = Heads, MlpRatio = (double)Hidden / Width, MaxLength = Places, Pooling = TokenPooling.Mean };

    [TestMethod]
    public void A_saved_model_scores_where_libtorch_does_not_exist()
    {
        var ml = new MLContext(seed: 1);
        Row[] rows = [new() { Tokens = [3, 1, 6, 2, 5] }, new() { Tokens = [2] }, new() { Tokens = [4, 4, 1] }];
        var view = ml.Data.LoadFromEnumerable(rows);

        var loaded = Loaded(view.Schema).Transform(view).GetColumn<float[]>("Score");

        foreach (var (row, score) in rows.Zip(loaded))
        {
            var expected = Expected(row.Tokens);
            for (var i = 0; i < Classes; i++)
                Assert.AreEqual(expected[i], score[i], 1e-5);
        }
    }

    private static ITransformer Loaded(DataViewSchema schema) =>
        MadeNetwork.Loaded(Architecture, new InputLayout { Text = new TextInput(Places, Vocabulary) }, Classes, Weights, schema, nameof(Row.Tokens));

    private static NetworkWeights Made()
    {
        var random = new Random(1);
        return new NetworkWeights(
        [
            Tensor("embedding.weight", Vocabulary + 2, Width), Tensor("positions.table", Places, Width),
            Tensor("blocks.0.attention_norm.weight", Width), Tensor("blocks.0.attention_norm.bias", Width),
            Tensor("blocks.0.attention.qkv.weight", 3 * Width, Width), Tensor("blocks.0.attention.qkv.bias", 3 * Width),
            Tensor("blocks.0.attention.output.weight", Width, Width), Tensor("blocks.0.attention.output.bias", Width),
            Tensor("blocks.0.mlp_norm.weight", Width), Tensor("blocks.0.mlp_norm.bias", Width),
            Tensor("blocks.0.hidden.linear.weight", Hidden, Width), Tensor("blocks.0.hidden.linear.bias", Hidden),
            Tensor("blocks.0.linear.weight", Width, Hidden), Tensor("blocks.0.linear.bias", Width),
            Tensor("norm.weight", Width), Tensor("norm.bias", Width), Tensor("output.weight", Classes, Width), Tensor("output.bias", Classes),
        ]);

        NetworkTensor Tensor(string name, params long[] shape) =>
            new(name, shape, Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => 2 * random.NextSingle() - 0.9f).ToArray());
    }

    // Keys count from 1; in front of the words stand padding and a word that is not known.
    private static double[] Expected(uint[] keys)
    {
        double[][] states = [.. keys.Select((key, place) => Vector(unit => At("embedding.weight", ((int)key + 1) * Width + unit) + At("positions.table", place * Width + unit)))];
        double[][] projected = [.. states.Select(state => Linear(Normalized(state, "blocks.0.attention_norm"), "blocks.0.attention.qkv", 3 * Width))];
        states = [.. states.Select((state, token) => Sum(state, Linear(Attended(projected, token), "blocks.0.attention.output", Width)))];
        states =
        [
            .. states.Select(state => Sum(state, Linear(
                [.. Linear(Normalized(state, "blocks.0.mlp_norm"), "blocks.0.hidden.linear", Hidden).Select(Gelu)], "blocks.0.linear", Width))),
        ];
        double[][] last = [.. states.Select(state => Normalized(state, "norm"))];
        var outputs = Linear(Vector(unit => last.Average(state => state[unit])), "output", Classes);
        return [.. outputs.Select(output => Math.Exp(output) / outputs.Sum(Math.Exp))];
    }

    private static double[] Attended(double[][] projected, int token)
    {
        const int Size = Width / Heads;
        return Vector(unit =>
        {
            var first = unit / Size * Size;
            double[] powers =
            [
                .. projected.Select(other => Math.Exp(Enumerable.Range(first, Size).Sum(i => projected[token][i] * other[Width + i]) / Math.Sqrt(Size))),
            ];
            return projected.Select((other, i) => powers[i] / powers.Sum() * other[2 * Width + unit]).Sum();
        });
    }

    private static double[] Normalized(double[] state, string layer)
    {
        var mean = state.Average();
        var deviation = Math.Sqrt(state.Average(value => (value - mean) * (value - mean)) + 1e-5);
        return Vector(unit => (state[unit] - mean) / deviation * At(layer + ".weight", unit) + At(layer + ".bias", unit));
    }

    private static double[] Linear(double[] state, string layer, int outputs) =>
        [.. Enumerable.Range(0, outputs).Select(unit => At(layer + ".bias", unit) + state.Select((value, i) => value * At(layer + ".weight", unit * state.Length + i)).Sum())];

    private static double[] Sum(double[] first, double[] second) => [.. first.Zip(second, (one, other) => one + other)];

    private static double[] Vector(Func<int, double> unit) => [.. Enumerable.Range(0, Width).Select(unit)];

    // The normal distribution by Simpson's rule.
    private static double Gelu(double x)
    {
        const int Steps = 2000;
        var step = x / Steps;
        var sum = Enumerable.Range(0, Steps + 1).Sum(i => (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-i * step * i * step / 2));
        return x * (0.5 + sum * step / 3 / Math.Sqrt(2 * Math.PI));
    }

    private static double At(string name, int place) => Weights.Find(name)!.Values.Span[place];

    private sealed class Row
    {
        [KeyType(Classes)]
        public uint Label { get; set; }

        [KeyType(Vocabulary)]
        public uint[] Tokens { get; set; } = [];
    }
}
