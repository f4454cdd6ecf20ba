using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.NoLibtorch.Tests;

/// <summary>A network of convolutions with weights from nowhere, saved and loaded, against its formula in plain loops.</summary>
[TestClass]
public sealed class ConvNetTests
{
    private const int Side = 4;
    private const int Maps = 16;
    private const int Kernel = 3;
    private const int Classes = 2;

    private static readonly NetworkWeights Weights = Made();

    // From 16 maps on, products of tiles take the place of sums over places.
    private static ConvNetArchitecture Architecture => NetworkArchitecture.ConvNet(Maps, Maps) with { Normalization = Normalization.None };

    [TestMethod]
    public void A_saved_model_scores_where_libtorch_does_not_exist()
    {
        var ml = new MLContext(seed: 1);
        var random = new Random(2);
        var rows = Enumerable.Range(0, 5).Select(_ => new Row { Picture = [.. Enumerable.Range(0, Side * Side).Select(_ => 2 * random.NextSingle() - 1)] }).ToList();
        var view = ml.Data.LoadFromEnumerable(rows);

        var loaded = Loaded(view.Schema).Transform(view).GetColumn<float[]>("Score");

        foreach (var (row, score) in rows.Zip(loaded))
        {
            var expected = Expected(row.Picture);
            for (var i = 0; i < Classes; i++)
                Assert.AreEqual(expected[i], score[i], 1e-5);
        }
    }

    private static ITransformer Loaded(DataViewSchema schema) => MadeNetwork.Loaded(
        Architecture, new InputLayout { Numbers = Side * Side, Image = new ImageShape(Side, Side) }, Classes, Weights, schema, nameof(Row.Picture));

    private static NetworkWeights Made()
    {
        var random = new Random(1);
        return new NetworkWeights(
        [
            Tensor("blocks.0.conv.weight", Maps, 1, Kernel, Kernel), Tensor("blocks.0.conv.bias", Maps), Tensor("blocks.1.conv.weight", Maps, Maps, Kernel, Kernel),
            Tensor("blocks.1.conv.bias", Maps), Tensor("output.weight", Classes, Maps), Tensor("output.bias", Classes),
        ]);

        NetworkTensor Tensor(string name, params long[] shape) =>
            new(name, shape, Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => 0.5f * random.NextSingle() - 0.2f).ToArray());
    }

    private static double[] Expected(float[] picture)
    {
        var maps = new double[1, Side, Side];
        for (var i = 0; i < picture.Length; i++)
            maps[0, i / Side, i % Side] = picture[i];
        for (var block = 0; block < 2; block++)
            maps = Halved(Convolved(maps, $"blocks.{block}.conv"));
        double[] outputs = [.. Enumerable.Range(0, Classes).Select(unit => At("output.bias", unit) + Enumerable.Range(0, Maps).Sum(map => maps[map, 0, 0] * At("output.weight", unit * Maps + map)))];
        return [.. outputs.Select(output => Math.Exp(output) / outputs.Sum(Math.Exp))];
    }

    private static double[,,] Convolved(double[,,] maps, string layer)
    {
        var (inputs, side) = (maps.GetLength(0), maps.GetLength(1));
        var results = new double[Maps, side, side];
        foreach (var (map, y, x) in Places(Maps, side))
        {
            var sum = At(layer + ".bias", map);
            foreach (var (input, row, column) in Places(inputs, Kernel))
            {
                var (above, left) = (y + row - 1, x + column - 1);
                if (above >= 0 && above < side && left >= 0 && left < side)
                    sum += maps[input, above, left] * At(layer + ".weight", ((map * inputs + input) * Kernel + row) * Kernel + column);
            }

            results[map, y, x] = Math.Max(0, sum);
        }

        return results;
    }

    private static double[,,] Halved(double[,,] maps)
    {
        var side = maps.GetLength(1) / 2;
        var results = new double[Maps, side, side];
        foreach (var (map, y, x) in Places(Maps, side))
            results[map, y, x] = Places(1, 2).Max(place => maps[map, 2 * y + place.Y, 2 * x + place.X]);
        return results;
    }

    private static IEnumerable<(int Map, int Y, int X)> Places(int maps, int side) =>
        from map in Enumerable.Range(0, maps)
        from y in Enumerable.Range(0, side)
        from x in Enumerable.Range(0, side)
        select (map, y, x);

    private static double At(string name, int place) => Weights.Find(name)!.Values.Span[place];

    private sealed class Row
    {
        [KeyType(Classes)]
        public uint Label { get; set; }

        [VectorType(1, Side, Side)]
        public float[] Picture { get; set; } = [];
    }
}
