using TorchSharp;

namespace Microsoft.ML.Regularization.Tests.Networks.Transformers;

[TestClass]
public sealed class TextEmbeddingTests
{
    [TestMethod]
    public void Tokens_get_their_vectors_and_padding_nothing_up_to_the_longest_text()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create();
        var table = layer.get_parameter("weight")!;

        var (tokens, present) = layer.forward(torch.tensor(new float[] { 3, 1, 0, 0, 0, 2, 2, 4, 0, 0 }, [2, 5]));

        CollectionAssert.AreEqual(new long[] { 2, 3, 8 }, tokens.shape);
        CollectionAssert.AreEqual(new[] { true, true, false, true, true, true }, present!.data<bool>().ToArray());
        var expected = table.index_select(0, torch.tensor(new long[] { 3, 1, 0, 2, 2, 4 })).view(2, 3, 8);
        Assert.IsTrue(tokens.Equals(expected));
        Assert.AreEqual(0, tokens[0, 2].abs().max().item<float>());
    }

    [TestMethod]
    public void Texts_of_one_length_need_no_mask()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create();

        Assert.IsNull(layer.forward(torch.tensor(new float[] { 3, 1, 0, 2, 2, 0 }, [2, 3])).Present);
    }

    [TestMethod]
    public void A_token_learns_as_often_as_it_is_read_and_padding_never()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = Create();

        layer.forward(torch.tensor(new float[] { 3, 1, 0, 0, 2, 2, 2, 4 }, [2, 4])).Tokens.sum().backward();

        var gradient = layer.get_parameter("weight")!.grad!.sum([1]).data<float>().ToArray();
        CollectionAssert.AreEqual(new float[] { 0, 8, 24, 8, 8, 0 }, gradient);
    }

    [TestMethod]
    public void Vectors_start_normal_with_the_usual_deviation()
    {
        using var scope = torch.NewDisposeScope();
        using var layer = new TextEmbedding(new TextInput(5, 2000), 64, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
        var table = layer.get_parameter("weight")!;
        var values = table.narrow(0, 1, 2001);
        var count = (double)values.numel();

        Assert.AreEqual(0, table[0].abs().max().item<float>());
        Assert.AreEqual(0, values.mean().item<float>(), 4.5 * 0.02 / Math.Sqrt(count));
        Assert.AreEqual(0.02, values.std().item<float>(), 4.5 * 0.02 / Math.Sqrt(2 * count));
        Assert.AreEqual(0.954, values.abs().lt(0.04).to(torch.float32).mean().item<float>(), 0.005);
    }

    private static TextEmbedding Create() => new(new TextInput(5, 4), 8, new NetworkBuilder(RegularizationRecipe.None, RandomKey.FromSeed(1)));
}
