namespace Microsoft.ML.Regularization.Tests.Augmentation.Text;

[TestClass]
public sealed class RandomDeletionTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow(0.1, 2)]
    [DataRow(0.2, 5)]
    [DataRow(0.5, 3)]
    [DataRow(1.0, 4)]
    [DataRow(0.1, 30)]
    public void Words_fall_with_the_rate_one_at_least_and_all_but_one_at_most(double rate, int words)
    {
        const int rows = 10_000;
        var text = string.Join(' ', Enumerable.Range(0, words).Select(Sentences.Word));
        var edited = _ml.Repeat(rows, new RandomDeletionOptions { Rate = rate }, text).ConvertAll(left => left.Split(' ').Select(Sentences.Number).ToHashSet());
        Assert.IsTrue(edited.TrueForAll(left => left.Count >= 1 && left.Count < words));

        // Where none falls one does, and where all fall one does not, each with equal probability.
        var falls = rate + (Math.Pow(1 - rate, words) - Math.Pow(rate, words)) / words;
        for (var word = 0; word < words; word++)
            Assert.AreEqual(falls, edited.Count(left => !left.Contains(word)) / (double)rows, Sentences.Tolerance(falls, rows));
    }

    [TestMethod]
    public void A_word_goes_with_the_space_before_it_or_else_behind_it()
    {
        Outcomes("The big,  red\tdog.", "Big,  red\tdog.", "The,  red\tdog.", "The big,\tdog.", "The big,  red.");
        Outcomes("a\r\nb c", "\r\nb c", "a\r\nc", "a\r\nb");
        Outcomes("(one) two", "() two", "(one)");
        Outcomes("  one two ", " two ", "  one ");
        Outcomes("one😀two", "😀two", "one😀");
    }

    [TestMethod]
    public void A_capital_passes_to_the_next_word_of_the_sentence_only()
    {
        Outcomes("The dog. runs", "Dog. runs", "The. runs", "The dog.");
        Outcomes("Stop. go", ". go", "Stop.");
        Outcomes("The McDonald", "McDonald", "The");
        var single = _ml.Repeat(1000, new RandomDeletionOptions { Rate = 1 }, "The big dog").Shares();
        CollectionAssert.AreEquivalent(new[] { "The", "Big", "Dog" }, single.Keys);
    }

    [TestMethod]
    public void One_word_or_none_stays() =>
        CollectionAssert.AreEqual(new[] { "alone!", "", "😀" }, _ml.Augment(new RandomDeletionOptions { Rate = 1 }, "alone!", null, "😀"));

    [TestMethod]
    public void A_text_of_100000_words_loses_a_tenth()
    {
        var text = string.Join(' ', Enumerable.Range(0, 100_000).Select(Sentences.Word));
        var left = _ml.Augment(new RandomDeletionOptions(), text).Single().Split(' ').Select(Sentences.Number).ToArray();
        Assert.AreEqual(90_000, left.Length, 400);
        for (var i = 1; i < left.Length; i++)
            Assert.IsLessThan(left[i], left[i - 1]);
    }

    // What becomes of a text when exactly one word falls.
    private void Outcomes(string text, params string[] expected)
    {
        var edited = _ml.Repeat(300, new RandomDeletionOptions { Rate = 1e-9 }, text).Shares();
        CollectionAssert.AreEquivalent(expected, edited.Keys);
    }
}
