using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

/// <summary>A RealMLP with weights from nowhere, saved and loaded, against its formula in plain loops.</summary>
[TestClass]
public sealed class RealMlpTests
{
    private const int Numbers = 3;
    private const int FewValues = 3;
    private const int ManyValues = 20;
    private const int Classes = 2;

    private static readonly InputLayout Input = new() { Numbers = Numbers, Categories = [new("Few", 1, FewValues), new("Many", 1, ManyValues)] };
    private static readonly NetworkWeights Weights = Made();

    private static readonly Row[] Rows =
        [.. Enumerable.Range(0, 9).Select(i => new Row { Features = [i / 3f, -1 - i, 2 - i / 5f], Few = (uint)(i % (FewValues + 1)), Many = (uint)(3 * i) })];

    [TestMethod]
    public void A_saved_model_scores_where_libtorch_does_not_exist()
    {
        var ml = new MLContext(seed: 1);
        var view = ml.Data.LoadFromEnumerable(Rows);
        var loaded = Loaded(view.Schema);
        using var engine = ml.Model.CreatePredictionEngine<Row, Prediction>(loaded);

        foreach (var (row, score) in Rows.Zip(loaded.Transform(view).GetColumn<float[]>("Score")))
        {
            var expected = Expected(row);
            for (var i = 0; i < Classes; i++)
                Assert.AreEqual(expected[i], score[i], 1e-5);
            CollectionAssert.AreEqual(score, engine.Predict(row).Score);
        }
    }

    private static ITransformer Loaded(DataViewSchema schema) =>
        MadeNetwork.Loaded(NetworkArchitecture.RealMlp(Activation.SELU) with { HiddenSizes = [6, 5] }, Input, Classes, Weights, schema);

    private static NetworkWeights Made()
    {
        var random = new Random(1);
        const int Width = 4 * Numbers + FewValues + 8;
        return new NetworkWeights(
        [
            Tensor("numbers.frequency", Numbers, 16), Tensor("numbers.phase", Numbers, 16), Tensor("numbers.mixing", Numbers, 16, 3), Tensor("numbers.shift", Numbers, 3),
            Tensor("categories.0.codes", FewValues + 1, FewValues), Tensor("categories.1.weight", ManyValues + 1, 8), Tensor("scale.factor", Width),
            Tensor("hidden.0.linear.weight", 6, Width), Tensor("hidden.0.linear.bias", 6), Tensor("hidden.0.activation.mixing", 6),
            Tensor("hidden.1.linear.weight", 5, 6), Tensor("hidden.1.linear.bias", 5), Tensor("hidden.1.activation.mixing", 5),
            Tensor("output.weight", Classes, 5), Tensor("output.bias", Classes),
        ]);

        NetworkTensor Tensor(string name, params long[] shape) =>
            new(name, shape, Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => 3 * random.NextSingle() - 1.2f).ToArray());
    }

    private static double[] Expected(Row row)
    {
        var embedded = new List<double>();
        for (var i = 0; i < Numbers; i++)
        {
            embedded.Add(row.Features[i]);
            for (var k = 0; k < 3; k++)
            {
                embedded.Add(0.1 * At("numbers.shift", 3 * i + k) + Enumerable.Range(16 * i, 16).Sum(wave => 0.1 * At("numbers.mixing", 3 * wave + k)
                    * Math.Cos(2 * Math.PI * 0.1 * At("numbers.frequency", wave) * row.Features[i] + 0.1 * At("numbers.phase", wave))));
            }
        }

        embedded.AddRange(Enumerable.Range(0, FewValues).Select(k => At("categories.0.codes", FewValues * Key(row.Few, FewValues) + k)));
        embedded.AddRange(Enumerable.Range(0, 8).Select(k => At("categories.1.weight", 8 * Key(row.Many, ManyValues) + k)));
        double[] state = [.. embedded.Select((value, i) => value * 6 * At("scale.factor", i))];
        for (var layer = 0; layer < 2; layer++)
        {
            state = [.. Linear($"hidden.{layer}.linear", state).Select((x, unit) =>
            {
                var selu = 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1));
                return x + 0.1 * At($"hidden.{layer}.activation.mixing", unit) * (selu - x);
            })];
        }

        var outputs = Linear("output", state).Select(Math.Exp).ToList();
        return [.. outputs.Select(output => output / outputs.Sum())];

        // Members hold the place of a value, and row 0 of a table is that of a missing one.
        static int Key(uint place, int values) => place < values ? (int)place + 1 : 0;

        static double[] Linear(string name, double[] inputs) => [.. Weights.Find(name + ".bias")!.Values.ToArray().Select((bias, unit) =>
            0.1 * bias + inputs.Select((x, i) => x * At(name + ".weight", unit * inputs.Length + i)).Sum() / Math.Sqrt(inputs.Length))];

        static double At(string name, int place) => Weights.Find(name)!.Values.Span[place];
    }

    private sealed class Row
    {
        [KeyType(Classes)]
        public uint Label { get; set; }

        [VectorType(Numbers)]
        public float[] Features { get; set; } = [];

        [KeyType(FewValues)]
        public uint Few { get; set; }

        [KeyType(ManyValues)]
        public uint Many { get; set; }
    }

    private sealed class Prediction
    {
        public float[] Score { get; set; } = [];
    }
}
