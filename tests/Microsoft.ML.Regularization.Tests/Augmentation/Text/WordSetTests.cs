using System.Text.Json;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Text;

[TestClass]
public sealed class WordSetTests
{
    [TestMethod]
    public void Sets_are_equal_by_their_words_in_whatever_case_and_order()
    {
        WordSet one = ["a", "The", "a"];
        WordSet other = ["the", "A"];
        Assert.AreEqual(one, other);
        Assert.AreEqual(one.GetHashCode(), other.GetHashCode());
        Assert.AreNotEqual(one, ["a", "the", "of"]);
        Assert.AreNotEqual(one, ["a"]);
        Assert.HasCount(2, one);
        Assert.IsTrue(one.Contains("THE") && !one.Contains("of"));
        Assert.AreEqual(new RandomInsertionOptions { StopWords = one }, new RandomInsertionOptions { StopWords = other });
    }

    [TestMethod]
    public void English_stop_words_are_functional_and_in_both_apostrophes()
    {
        var words = WordSet.EnglishStopWords;
        foreach (var word in new[] { "the", "Of", "isn't", "isn’t", "I", "not", "would", "herself" })
            Assert.IsTrue(words.Contains(word), word);
        foreach (var word in new[] { "dog", "good", "run", "time", "people" })
            Assert.IsFalse(words.Contains(word), word);
    }

    [TestMethod]
    public void Json_is_a_list_and_refuses_blanks()
    {
        Assert.AreEqual("[\"a\",\"the\"]", JsonSerializer.Serialize<WordSet>(["the", "a"]));
        Assert.AreEqual(["a", "the"], JsonSerializer.Deserialize<WordSet>("[\"the\",\"a\"]"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<WordSet>("[\"the\",null]"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<WordSet>("[\" \"]"));
    }
}
