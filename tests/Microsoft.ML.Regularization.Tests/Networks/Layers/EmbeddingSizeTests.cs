namespace Microsoft.ML.Regularization.Tests.Networks.Layers;

[TestClass]
public sealed class EmbeddingSizeTests
{
    [TestMethod]
    [DataRow(1, 2)]
    [DataRow(2, 2)]
    [DataRow(10, 6)]
    [DataRow(100, 21)]
    [DataRow(465, 50)]
    [DataRow(1_000_000, 50)]
    public void It_is_the_rule_of_thumb_up_to_its_ceiling(int values, int expected) => Assert.AreEqual(expected, EmbeddingSize.Of(values));

    [TestMethod]
    public void An_input_is_as_wide_as_its_numbers_and_vectors()
    {
        var input = new InputLayout { Numbers = 3, Categories = [new CategoryInput("a", 1, 10), new CategoryInput("b", 2, 100)] };

        Assert.AreEqual(3 + 6 + 2 * 21, EmbeddingSize.WidthOf(input));
        Assert.AreEqual(11 * 6 + 2 * 101 * 21, EmbeddingSize.WeightsOf(input));
        Assert.AreEqual(5, EmbeddingSize.WidthOf(5));
    }
}
