namespace Microsoft.ML.Regularization.Tests.Augmentation.Text;

[TestClass]
public sealed class SynonymReplacementTests
{
    private readonly MLContext _ml = new(seed: 1);

    [TestMethod]
    [DataRow("The big, dog.", "The large, hound.")]
    [DataRow("Big DOG dOg", "Large HOUND hound")]
    [DataRow("  big\t\tdog\r\n(dog)!", "  large\t\thound\r\n(hound)!")]
    [DataRow("Über über ÜBER", "Äußerst äußerst ÄUßERST")]
    [DataRow("Don't big-dog well-known dogs", "Shan't big-dog famous dogs")]
    [DataRow("😀dog😀", "😀hound😀")]
    [DataRow("no word of these", "no word of these")]
    public void At_rate_one_every_word_gives_way_in_its_place_and_case(string text, string expected) =>
        Assert.AreEqual(expected, _ml.Augment(new SynonymReplacementOptions { Rate = 1, Thesaurus = Sentences.Toy, StopWords = [] }, text).Single());

    [TestMethod]
    public void Mixed_case_takes_the_thesaurus_own_and_lower_case_makes_small()
    {
        var thesaurus = Thesaurus.Of(new Dictionary<string, string[]> { ["dog"] = ["McHound"], ["10"] = ["X"] });
        CollectionAssert.AreEqual(
            new[] { "mchound", "McHound", "MCHOUND", "McHound", "10" },
            _ml.Augment(new SynonymReplacementOptions { Rate = 1, Thesaurus = thesaurus }, "dog", "Dog", "DOG", "doG", "10"));
    }

    [TestMethod]
    [DataRow(0.1, 4, 1)]
    [DataRow(0.1, 24, 2)]
    [DataRow(0.1, 26, 3)]
    [DataRow(0.5, 10, 5)]
    [DataRow(0.001, 10, 1)]
    [DataRow(1.0, 7, 7)]
    public void The_rate_is_the_share_of_words_replaced_and_one_at_least(double rate, int words, int replaced)
    {
        var text = string.Join(' ', Enumerable.Repeat("dog", words));
        foreach (var edited in _ml.Repeat(20, new SynonymReplacementOptions { Rate = rate, Thesaurus = Sentences.Toy }, text))
            Assert.AreEqual(replaced, edited.Split(' ').Count(word => word == "hound"));
    }

    [TestMethod]
    public void All_words_that_have_synonyms_are_equally_probable()
    {
        const int rows = 20_000;
        var edited = _ml.Repeat(rows, new SynonymReplacementOptions { Thesaurus = Sentences.Toy }, "dog the dog of dog x dog").Shares();
        Assert.HasCount(4, edited);
        foreach (var share in edited.Values)
            Assert.AreEqual(0.25, share, Sentences.Tolerance(0.25, rows));
    }

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(3, 3)]
    [DataRow(int.MaxValue, 6)]
    public void One_of_the_first_synonyms_is_drawn_uniformly(int most, int drawn)
    {
        const int rows = 20_000;
        // Itself, stop words and blanks do not count.
        var options = new SynonymReplacementOptions { Thesaurus = new Fixed("THE", "dog", "s1", " ", "s2", "s3", "s4", "s5", "s6"), MaxSynonyms = most };
        var edited = _ml.Repeat(rows, options, "dog").Shares();
        CollectionAssert.AreEquivalent(Enumerable.Range(1, drawn).Select(i => $"s{i}").ToList(), edited.Keys);
        foreach (var share in edited.Values)
            Assert.AreEqual(1.0 / drawn, share, Sentences.Tolerance(1.0 / drawn, rows));
    }

    [TestMethod]
    public void Stop_words_stay()
    {
        var thesaurus = new Fixed("x");
        Assert.AreEqual("The x isn't x, and it’s here.", _ml.Augment(new SynonymReplacementOptions { Rate = 1, Thesaurus = thesaurus }, "The dog isn't red, and it’s here.").Single());
        Assert.AreEqual("X x x dog", _ml.Augment(new SynonymReplacementOptions { Rate = 1, Thesaurus = thesaurus, StopWords = ["Dog"] }, "The is and dog").Single());
        Assert.AreEqual("The and", _ml.Augment(new SynonymReplacementOptions { Rate = 1, Thesaurus = thesaurus }, "The and").Single());
    }

    [TestMethod]
    public void Probability_is_the_share_of_texts_changed()
    {
        const int rows = 20_000;
        var shares = _ml.Repeat(rows, new SynonymReplacementOptions { Thesaurus = Sentences.Toy, Probability = 0.3 }, "dog").Shares();
        Assert.AreEqual(0.3, shares["hound"], Sentences.Tolerance(0.3, rows));
        Assert.AreEqual(0.7, shares["dog"], Sentences.Tolerance(0.3, rows));
    }

    [TestMethod]
    public void Nothing_to_do_is_the_identity()
    {
        foreach (var options in new[] { new SynonymReplacementOptions { Rate = 0 }, new SynonymReplacementOptions { Probability = 0 } })
            CollectionAssert.AreEqual(new[] { "big dog", "" }, _ml.Augment(options, "big dog", null));
        CollectionAssert.AreEqual(new[] { "big dog", "big dog" }, _ml.Augment(new SynonymReplacementOptions { Rate = 0, Copies = 1 }, "big dog"));
    }

    [TestMethod]
    public void A_text_of_100000_words_has_10000_replaced()
    {
        var text = string.Join(' ', Enumerable.Repeat("dog", 100_000));
        var edited = _ml.Augment(new SynonymReplacementOptions { Thesaurus = Sentences.Toy }, text).Single();
        Assert.AreEqual(10_000, edited.Split(' ').Count(word => word == "hound"));
    }

    [TestMethod]
    public void The_thesaurus_is_not_saved_and_the_stop_words_are()
    {
        var options = new SynonymReplacementOptions { Thesaurus = Sentences.Toy, StopWords = ["b", "a"], TextColumnName = "Sentence" };
        var view = _ml.Data.LoadFromEnumerable(Example.Clusters(3));
        using var file = new MemoryStream();
        _ml.Model.Save(_ml.Transforms.Text.SynonymReplacement(options).Fit(view), view.Schema, file);
        file.Position = 0;
        var loaded = (TrainingOnlyTransformer)new MLContext().Model.Load(file, out _);
        Assert.AreEqual(options with { Thesaurus = null, StopWords = ["A", "b"] }, loaded.Options);
    }

    // Has the same synonyms for all words.
    private sealed class Fixed(params string[] all) : IThesaurus
    {
        public bool TryGetSynonyms(ReadOnlySpan<char> word, out IReadOnlyList<string> synonyms)
        {
            synonyms = all;
            return true;
        }
    }
}
