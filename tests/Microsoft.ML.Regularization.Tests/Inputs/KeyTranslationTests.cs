namespace Microsoft.ML.Regularization.Tests.Inputs;

[TestClass]
public sealed class KeyTranslationTests
{
    private static readonly KeyTranslation Translation = new("the rows", "the network");

    [TestMethod]
    public void Keys_of_the_same_values_become_those_of_the_network()
    {
        CollectionAssert.AreEqual(new uint[] { 0, 3, 1, 2 }, Find(["c", "a", "b"], ["a", "b", "c"]));
        CollectionAssert.AreEqual(new uint[] { 0, 2 }, Find(["b"], ["a", "b", "c"]));
        Assert.IsNull(Find(["a", "b"], ["a", "b"]));
    }

    [TestMethod]
    public void Where_one_side_does_not_know_its_values_or_they_do_not_tell_keys_apart_nothing_is_translated()
    {
        Assert.IsNull(Find(null, ["a"]));
        Assert.IsNull(Find(["a"], null));
        Assert.IsNull(Find(["b", "a"], ["a", "a"]));
        Assert.IsNull(Find(["a", "a"], ["a", "b"]));
    }

    [TestMethod]
    public void Values_that_the_network_does_not_know_are_named_and_so_are_those_that_it_knows()
    {
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Find(["red", "violet", "mauve"], ["red", "green"]));
        Assert.Contains("'Color'", error.Message);
        Assert.Contains("the keys of the rows stand for values that the network does not know: 'violet', 'mauve'. It knows 'red', 'green'.", error.Message);
    }

    [TestMethod]
    public void A_message_is_never_long()
    {
        var many = Enumerable.Range(0, 1000).Select(i => new string('x', 1000) + i).ToArray();
        var error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Find(many, [.. many.Select(value => value + "y")]));
        Assert.Contains("and 997 more", error.Message);
        Assert.IsLessThan(700, error.Message.Length);
    }

    private static uint[]? Find(string[]? rows, string[]? network) => Translation.Find(
        new MLContext(), "Color", rows is null ? null : KeyDictionary.Of(rows), network is null ? null : KeyDictionary.Of(network));
}
