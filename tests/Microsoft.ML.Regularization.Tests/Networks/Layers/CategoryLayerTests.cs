using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Layers;

[TestClass]
public sealed class CategoryLayerTests
{
    private static readonly InputLayout Input = new() { Numbers = 2, Categories = [new CategoryInput("a", 1, 3), new CategoryInput("b", 2, 40)] };

    [TestMethod]
    public void Numbers_stay_and_each_key_becomes_its_row_of_its_own_table()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create(seed: 1);
        var tables = layer.named_parameters().ToDictionary(named => named.name, named => named.parameter.data<float>().ToArray());
        var (small, large) = (EmbeddingSize.Of(3), EmbeddingSize.Of(40));

        var output = layer.forward(torch.tensor(new float[] { 0.5f, -2, 3, 0, 40 }, [1, 5])).data<float>().ToArray();

        CollectionAssert.AreEqual(new[] { "0.weight", "1.weight", "2.weight" }, tables.Keys.ToArray());
        float[] expected = [0.5f, -2, .. Row("0.weight", 3, small), .. Row("1.weight", 0, large), .. Row("2.weight", 40, large)];
        CollectionAssert.AreEqual(expected, output);

        float[] Row(string table, int key, int size) => tables[table][(key * size)..((key + 1) * size)];
    }

    [TestMethod]
    public void Missing_values_start_neutral_and_others_at_the_length_of_a_one_hot_code()
    {
        using var scope = torch.NewDisposeScope();
        using var table = EmbeddingTable.Create(4000, 12, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        var vectors = table.parameters().Single();

        Assert.AreEqual(0, vectors[0].abs().max().item<float>());
        Assert.AreEqual(1, vectors.narrow(0, 1, 4000).square().sum([1]).mean().item<float>(), 0.02);
        Assert.IsLessThanOrEqualTo((float)Math.Sqrt(3.0 / 12), vectors.abs().max().item<float>());
    }

    [TestMethod]
    public void Only_missing_values_train_the_vector_of_missing_values()
    {
        using var scope = torch.NewDisposeScope();
        using var table = EmbeddingTable.Create(3, 2, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));

        table.forward(torch.tensor(new long[] { 1, 3, 3 })).sum().backward();
        CollectionAssert.AreEqual(new float[] { 0, 0, 1, 1, 0, 0, 2, 2 }, table.parameters().Single().grad!.data<float>().ToArray());

        table.forward(torch.tensor(new long[] { 0 })).sum().backward();
        CollectionAssert.AreEqual(new float[] { 1, 1, 1, 1, 0, 0, 2, 2 }, table.parameters().Single().grad!.data<float>().ToArray());
    }

    [TestMethod]
    public void Tables_are_keyed_and_differ_from_each_other()
    {
        CollectionAssert.AreEqual(Values(1, 1), Values(1, 1));
        CollectionAssert.AreNotEqual(Values(1, 1), Values(2, 1));
        CollectionAssert.AreNotEqual(Values(1, 1), Values(1, 2));

        static float[] Values(int seed, int table)
        {
            using var layer = Create(seed);
            return layer.parameters().ElementAt(table).data<float>().ToArray();
        }
    }

    [TestMethod]
    public void One_hot_codes_are_signs_for_two_values_and_zero_for_missing_ones()
    {
        using var scope = torch.NewDisposeScope();
        using var two = new OneHotTable(2);
        using var three = new OneHotTable(3);

        CollectionAssert.AreEqual(new float[] { 0, 1, -1 }, two.forward(torch.arange(3)).data<float>().ToArray());
        CollectionAssert.AreEqual(new float[] { 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1 }, three.forward(torch.arange(4)).data<float>().ToArray());
        Assert.IsEmpty(three.parameters());
    }

    private static CategoryLayer Create(int seed) =>
        CategoryLayer.Create(Input, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(seed)))!;
}
