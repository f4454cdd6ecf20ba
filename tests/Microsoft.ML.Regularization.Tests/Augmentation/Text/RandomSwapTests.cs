namespace Microsoft.ML.Regularization.Tests.Augmentation.Text;

[TestClass]
public sealed class RandomSwapTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    public void All_pairs_are_equally_probable()
    {
        const int rows = 20_000;
        var edited = _ml.Repeat(rows, new RandomSwapOptions(), "a b c d").Shares();
        CollectionAssert.AreEquivalent(new[] { "b a c d", "c b a d", "d b c a", "a c b d", "a d c b", "a b d c" }, edited.Keys);
        foreach (var share in edited.Values)
            Assert.AreEqual(1 / 6.0, share, Sentences.Tolerance(1 / 6.0, rows));
    }

    [TestMethod]
    [DataRow("red (dog)!\r\n", "dog (red)!\r\n")]
    [DataRow("\tRed dog.", "\tDog red.")]
    [DataRow("Red Dog", "Dog red")]
    [DataRow("RED dog", "Dog RED")]
    [DataRow("I run", "Run I")]
    [DataRow("I’m here", "Here I’m")]
    [DataRow("red. Dog", "dog. Red")]
    [DataRow("Red. Dog", "Dog. Red")]
    [DataRow("McDonald sings", "Sings McDonald")]
    [DataRow("like NASA", "NASA like")]
    [DataRow("𝒜 😀 x", "x 😀 𝒜")]
    [DataRow("alone", "alone")]
    [DataRow("", "")]
    public void Two_words_change_places_and_a_sentence_begins_as_it_did(string text, string expected) =>
        Assert.AreEqual(expected, _ml.Augment(new RandomSwapOptions(), text).Single());

    [TestMethod]
    [DataRow(0.1, 14, 1)]
    [DataRow(0.2, 10, 2)]
    [DataRow(1.0, 6, 6)]
    public void The_rate_is_the_number_of_swaps(double rate, int words, int swaps)
    {
        // A permutation of so many transpositions has their parity, and moves at most twice as many words.
        var text = string.Join(' ', Enumerable.Range(0, words).Select(Sentences.Word));
        foreach (var edited in _ml.Repeat(500, new RandomSwapOptions { Rate = rate }, text))
        {
            var order = edited.Split(' ').Select(Sentences.Number).ToArray();
            CollectionAssert.AreEquivalent(Enumerable.Range(0, words).ToArray(), order);
            var inversions = Enumerable.Range(0, words).Sum(i => Enumerable.Range(i, words - i).Count(j => order[j] < order[i]));
            Assert.AreEqual(swaps % 2, inversions % 2);
            Assert.IsLessThanOrEqualTo(2 * swaps, order.Where((word, place) => word != place).Count());
        }
    }

    [TestMethod]
    public void A_text_of_100000_words_keeps_them_all()
    {
        var text = string.Join(' ', Enumerable.Range(0, 100_000).Select(Sentences.Word));
        var order = _ml.Augment(new RandomSwapOptions(), text).Single().Split(' ').Select(Sentences.Number).ToArray();
        // Of 10,000 swaps, a word is in none with probability (1 - 2 / 100,000)^10,000 = exp(-0.2).
        Assert.AreEqual(1 - Math.Exp(-0.2), order.Where((word, place) => word != place).Count() / 1e5, 0.01);
        Array.Sort(order);
        CollectionAssert.AreEqual(Enumerable.Range(0, 100_000).ToArray(), order);
    }
}
