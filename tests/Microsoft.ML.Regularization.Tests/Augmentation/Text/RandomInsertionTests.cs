namespace Microsoft.ML.Regularization.Tests.Augmentation.Text;

[TestClass]
public sealed class RandomInsertionTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void All_places_are_equally_probable_and_all_else_stays()
    {
        const int rows = 20_000;
        var edited = _ml.Repeat(rows, new RandomInsertionOptions { Thesaurus = Sentences.Toy }, "\"x, dog (y)\"\r\n").Shares();
        CollectionAssert.AreEquivalent(
            new[] { "\"hound x, dog (y)\"\r\n", "\"x, hound dog (y)\"\r\n", "\"x, dog (hound y)\"\r\n", "\"x, dog (y hound)\"\r\n" }, edited.Keys);
        foreach (var share in edited.Values)
            Assert.AreEqual(0.25, share, Sentences.Tolerance(0.25, rows));
    }

    [TestMethod]
    public void A_synonym_that_begins_a_sentence_takes_its_capital()
    {
        var edited = _ml.Repeat(2000, new RandomInsertionOptions { Thesaurus = Sentences.Toy }, "The dog. I am.").Shares();
        CollectionAssert.AreEquivalent(
            new[] { "Hound the dog. I am.", "The hound dog. I am.", "The dog. Hound I am.", "The dog. I hound am.", "The dog. I am hound." }, edited.Keys);
    }

    [TestMethod]
    public void Words_are_drawn_with_equal_probability_and_again()
    {
        const int rows = 10_000;
        var options = new RandomInsertionOptions { Thesaurus = Sentences.Toy, Rate = 0.5 };
        var edited = _ml.Repeat(rows, options, "dog x big y the z");
        Assert.IsTrue(edited.All(text => text.Split(' ').Length == 9));
        var hounds = edited.ConvertAll(text => text.Split(' ').Count(word => word == "hound"));
        // Three draws of two words: binomial.
        foreach (var (count, share) in new[] { (0, 0.125), (1, 0.375), (2, 0.375), (3, 0.125) })
            Assert.AreEqual(share, hounds.Count(hound => hound == count) / (double)rows, Sentences.Tolerance(share, rows));
        Assert.IsTrue(edited.All(text => text.Split(' ').Count(word => word == "large") + text.Split(' ').Count(word => word == "hound") == 3));
    }

    [TestMethod]
    public void A_text_without_synonyms_stays()
    {
        CollectionAssert.AreEqual(new[] { "none of these", "", "?!" }, _ml.Augment(new RandomInsertionOptions { Thesaurus = Sentences.Toy, Rate = 1 }, "none of these", "", "?!"));
        Assert.AreEqual("dog", _ml.Augment(new RandomInsertionOptions { Thesaurus = Sentences.Toy, StopWords = ["hound"] }, "dog").Single());
        Assert.AreEqual("dog", _ml.Augment(new RandomInsertionOptions { Thesaurus = Sentences.Toy, StopWords = ["dog"] }, "dog").Single());
    }

    [TestMethod]
    public void A_text_of_100000_words_has_10000_more()
    {
        var text = string.Join(' ', Enumerable.Range(0, 100_000).Select(i => i % 100 == 0 ? "dog" : "x"));
        var edited = _ml.Augment(new RandomInsertionOptions { Thesaurus = Sentences.Toy }, text).Single().Split(' ');
        Assert.HasCount(110_000, edited);
        Assert.AreEqual(10_000, edited.Count(word => word == "hound"));
        Assert.AreEqual(1000, edited.Count(word => word == "dog"));
    }
}
