namespace Microsoft.ML.Regularization.Tests.Tasks.Pretext;

[TestClass]
public sealed class TokenMaskingTests
{
    private const int Vocabulary = 50;

    /// <summary>15 % of the words are asked for, 80 % of them hidden, 10 % replaced and 10 % left, each within five standard deviations.</summary>
    [TestMethod]
    public void Rates_are_those_of_BERT()
    {
        var masking = new TokenMasking(new TokenKinds(Vocabulary + 2, Mask: 1, new HashSet<int> { 0, 1 }), 0.15, RandomKey.FromSeed(1));
        var (words, asked, hidden, same, unlike) = (0, 0, 0, 0, 0);
        for (var step = 0; step < 200; step++)
        {
            float[] texts = [.. Enumerable.Range(0, 1000).Select(place => place % 10 == 9 ? 0f : place % 10 == 8 ? 1 : 2 + place * 7 % Vocabulary)];
            var before = texts.ToArray();
            var (places, tokens) = masking.Apply(texts, (ulong)step);
            words += before.Count(token => token >= 2);
            asked += places.Length;
            foreach (var (place, token) in places.Zip(tokens))
            {
                Assert.AreEqual(before[place], token, "the answer is what stood there");
                Assert.IsGreaterThanOrEqualTo(2, token, "padding and unknown words are not asked for");
                hidden += texts[place] == 1 ? 1 : 0;
                same += texts[place] == token ? 1 : 0;
                unlike += texts[place] != 1 && texts[place] != token ? 1 : 0;
            }

            CollectionAssert.AreEqual(places.Order().ToArray(), places);
            for (var place = 0; place < texts.Length; place++)
                Assert.IsTrue(places.Contains(place) || texts[place] == before[place], "what is not asked for stays");
        }

        IsNear(0.15, asked, words);
        IsNear(0.8, hidden, asked);

        // A random word is the same one at times.
        IsNear(0.1 + 0.1 / Vocabulary, same, asked);
        IsNear(0.1 - 0.1 / Vocabulary, unlike, asked);

        static void IsNear(double rate, int count, int of) => Assert.AreEqual(rate, (double)count / of, 5 * Math.Sqrt(rate * (1 - rate) / of));
    }

    [TestMethod]
    public void A_batch_asks_for_a_word_at_least_where_it_has_one()
    {
        var masking = new TokenMasking(new TokenKinds(9, Mask: 1, new HashSet<int> { 0, 1 }), 0.001, RandomKey.FromSeed(1));
        for (var step = 0ul; step < 20; step++)
        {
            Assert.HasCount(1, masking.Apply([5, 0, 0], step).Places);
            Assert.IsEmpty(masking.Apply([1, 0, 0], step).Places);
        }
    }

    [TestMethod]
    public void A_vocabulary_tells_what_hides_words_and_what_is_no_word()
    {
        var layout = new InputLayout { Text = new TextInput(4, 6) };
        var rows = new PretextRows(NetworkArchitecture.TextTransformer(maxLength: 4), layout, default);
        var words = TokenKinds.Of(rows);
        var pieces = TokenKinds.Of(rows with { Keys = new NetworkKeys(null, [KeyDictionary.Of(["[PAD]", "[CLS]", "[MASK]", "a", "[SEP]", "b"])]) });

        Assert.AreEqual((8, 1), (words.Count, words.Mask));
        CollectionAssert.AreEqual(new[] { 2, 3, 4, 5, 6, 7 }, Enumerable.Range(0, 8).Where(words.IsWord).ToArray());
        Assert.AreEqual((8, 4), (pieces.Count, pieces.Mask));
        CollectionAssert.AreEqual(new[] { 5, 7 }, Enumerable.Range(0, 8).Where(pieces.IsWord).ToArray());
    }
}
