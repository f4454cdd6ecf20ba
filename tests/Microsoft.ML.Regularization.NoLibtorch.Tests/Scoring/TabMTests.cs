using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

/// <summary>A TabM with weights from nowhere, saved and loaded, against its formula in plain loops.</summary>
[TestClass]
public sealed class TabMTests
{
    private const int Numbers = 3;
    private const int Members = 4;
    private const int Bins = 2;
    private const int Size = 3;
    private const int Hidden = 6;
    private const int Classes = 2;

    private static readonly NetworkWeights Weights = Made();

    [TestMethod]
    public void A_saved_model_scores_where_libtorch_does_not_exist()
    {
        var ml = new MLContext(seed: 1);
        Row[] rows = [.. Enumerable.Range(0, 9).Select(i => new Row { Features = [i / 3f - 2, 1.5f - i / 2f, i / 5f] })];
        var view = ml.Data.LoadFromEnumerable(rows);

        var loaded = Loaded(view.Schema).Transform(view).GetColumn<float[]>("Score");

        foreach (var (row, score) in rows.Zip(loaded))
        {
            var expected = Expected(row.Features);
            for (var i = 0; i < Classes; i++)
                Assert.AreEqual(expected[i], score[i], 1e-5);
        }
    }

    private static ITransformer Loaded(DataViewSchema schema)
    {
        var architecture = NetworkArchitecture.TabM(Members, Hidden) with { Activation = Activation.Tanh, NumericalEmbedding = NumericalEmbedding.PiecewiseLinear(Bins, Size) };
        return MadeNetwork.Loaded(architecture.ForTask(hasClasses: true), Numbers, Classes, Weights, schema);
    }

    private static NetworkWeights Made()
    {
        var random = new Random(1);
        return new NetworkWeights(
        [
            Tensor("numbers.slope", Numbers, Size), Tensor("numbers.shift", Numbers, Size), Tensor("numbers.change", Numbers, Bins, Size),
            new("numbers.edges", [Numbers, Bins + 1], Enumerable.Repeat(new[] { -1f, 0.25f, 1f }, Numbers).SelectMany(edges => edges).ToArray()),
            Tensor("members.factor", Members, Numbers * Size), Tensor("hidden.0.linear.weight", Hidden, Numbers * Size), Tensor("hidden.0.linear.bias", Hidden),
            Tensor("output.weight", Members * Classes, Hidden), Tensor("output.bias", Members * Classes),
        ]);

        NetworkTensor Tensor(string name, params long[] shape) =>
            new(name, shape, Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => 2 * random.NextSingle() - 0.9f).ToArray());
    }

    private static double[] Expected(float[] row)
    {
        var embedded = row.SelectMany((x, number) =>
        {
            // The outer bins' lines go on.
            var (first, second) = (Math.Min((x + 1) / 1.25, 1), Math.Max((x - 0.25) / 0.75, 0));
            return Enumerable.Range(number * Size, Size).Select(i => At("numbers.slope", i) * x + At("numbers.shift", i)
                + first * At("numbers.change", i + number * Size) + second * At("numbers.change", i + (number + 1) * Size));
        }).ToArray();
        var mean = new double[Classes];
        for (var member = 0; member < Members; member++)
        {
            double[] seen = [.. embedded.Select((value, i) => value * At("members.factor", member * embedded.Length + i))];
            double[] state = [.. Enumerable.Range(0, Hidden).Select(unit => Math.Tanh(
                At("hidden.0.linear.bias", unit) + seen.Select((value, i) => value * At("hidden.0.linear.weight", unit * seen.Length + i)).Sum()))];
            double[] outputs = [.. Enumerable.Range(member * Classes, Classes).Select(unit => Math.Exp(
                At("output.bias", unit) + state.Select((value, i) => value * At("output.weight", unit * Hidden + i)).Sum()))];
            for (var i = 0; i < Classes; i++)
                mean[i] += outputs[i] / outputs.Sum() / Members;
        }

        return mean;

        static double At(string name, int place) => Weights.Find(name)!.Values.Span[place];
    }

    private sealed class Row
    {
        [KeyType(Classes)]
        public uint Label { get; set; }

        [VectorType(Numbers)]
        public float[] Features { get; set; } = [];
    }
}
