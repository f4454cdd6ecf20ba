using System.Text;

namespace Microsoft.ML.Regularization.Tests.Augmentation.Text;

[TestClass]
public sealed class ThesaurusTests
{
    [TestMethod]
    public void WordNet_has_the_synonyms_of_a_word_the_commonest_sense_first()
    {
        CollectionAssert.AreEqual(new[] { "rapidly", "speedily", "chop-chop", "apace", "promptly", "quick", "cursorily" }, Of("quickly"));
        CollectionAssert.AreEqual(Of("quickly"), Of("QUICKLY"));
        // Four of the verb, two of the noun.
        CollectionAssert.AreEqual(new[] { "deposit", "trust", "swear", "rely", "cant", "camber" }, Of("bank"));
        // As an adjective first, which has most; the adverb is of that group and the noun is not; "well" is there once.
        var good = Of("good");
        Assert.AreEqual("full", good[0]);
        CollectionAssert.AreEqual(new[] { "thoroughly", "soundly", "goodness", "commodity" }, good[^4..]);
        Assert.HasCount(1, good.Where(word => word == "well"));
    }

    [TestMethod]
    [DataRow("dogs", "frumps")]
    [DataRow("Children", null)]
    [DataRow("quicklys", null)]
    [DataRow("enhances", "heightens")]
    [DataRow("countries", "nations")]
    [DataRow("COUNTRIES", "nations")]
    [DataRow("cities", null)]
    [DataRow("dishes", "beauties")]
    [DataRow("kids", "youngsters")]
    [DataRow("lass", "lassie")]
    [DataRow("xyzzys", null)]
    [DataRow("s", "sulfur")]
    [DataRow("", null)]
    public void A_word_in_s_has_the_synonyms_of_its_noun_or_verb_in_s(string word, string? synonym)
    {
        var synonyms = Of(word);
        if (synonym is null)
            Assert.IsEmpty(synonyms);
        else
            CollectionAssert.Contains(synonyms, synonym);
    }

    [TestMethod]
    public void No_word_in_s_takes_adverbs_names_or_a_second_s()
    {
        var quicks = Of("boxes");
        CollectionAssert.IsSubsetOf(new[] { "loges", "corners" }, quicks);
        CollectionAssert.DoesNotContain(quicks, "boxwoodes");
        foreach (var word in new[] { "cats", "homes", "runs", "numbers", "goods" })
            Assert.IsTrue(Of(word).All(synonym => synonym.EndsWith('s') && !synonym.EndsWith("ss", StringComparison.Ordinal)), word);
        CollectionAssert.DoesNotContain(Of("homes"), "interiors");
    }

    [TestMethod]
    public void WordNet_can_be_asked_by_many_at_once()
    {
        var words = new[] { "dog", "dogs", "run", "runs", "cities", "big" };
        var expected = words.Select(Of).ToList();
        Parallel.For(0, 1000, i => CollectionAssert.AreEqual(expected[i % words.Length], Of(words[i % words.Length])));
    }

    [TestMethod]
    public void A_thesaurus_of_a_dictionary_leaves_the_word_itself_out()
    {
        var thesaurus = Thesaurus.Of(new Dictionary<string, List<string>> { ["dog"] = ["Dog", "hound"], ["lone"] = [] });
        Assert.IsTrue(thesaurus.TryGetSynonyms("DOG", out var synonyms));
        CollectionAssert.AreEqual(new[] { "hound" }, synonyms.ToArray());
        Assert.IsTrue(thesaurus.TryGetSynonyms("lone", out synonyms));
        Assert.IsEmpty(synonyms);
        Assert.IsFalse(thesaurus.TryGetSynonyms("cat", out synonyms));
        Assert.IsEmpty(synonyms);
    }

    [TestMethod]
    [DataRow("New York", "x", "'New York' is not one word")]
    [DataRow("", "x", "'' is not one word")]
    [DataRow("dog", " ", "A synonym of 'dog' is blank")]
    public void A_dictionary_that_cannot_be_looked_up_is_refused(string word, string synonym, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => Thesaurus.Of(new Dictionary<string, string[]> { [word] = [synonym] }));
        Assert.Contains(message, error.Message);
    }

    [TestMethod]
    public void Words_that_differ_in_case_only_are_there_twice()
    {
        var error = Assert.Throws<ArgumentException>(() => Thesaurus.Of(new Dictionary<string, string[]> { ["dog"] = ["a"], ["Dog"] = ["b"] }));
        Assert.Contains("twice", error.Message);
        error = Assert.Throws<ArgumentException>(() => Thesaurus.Of(new Dictionary<string, string[]> { ["dog"] = null! }));
        Assert.Contains("'dog' are null", error.Message);
    }

    [TestMethod]
    public void A_file_has_a_word_in_each_line()
    {
        var thesaurus = Read("\uFEFF# mine\r\ndog\thound | canine\r\n\r\n  # more\r\nüber\täußerst\r\nbig\tBIG|New York");
        foreach (var (word, expected) in new[] { ("dog", "hound|canine"), ("Über", "äußerst"), ("big", "New York") })
        {
            Assert.IsTrue(thesaurus.TryGetSynonyms(word, out var synonyms));
            Assert.AreEqual(expected, string.Join('|', synonyms));
        }
    }

    [TestMethod]
    [DataRow("dog\thound\ncat", "line 2", "one tab", "there are 0")]
    [DataRow("# c\n\ndog\tn\thound", "line 3", "one tab", "there are 2")]
    [DataRow("dog\thound\nDOG\thound", "line 2", "'DOG'", "twice")]
    [DataRow("big dog\thound", "line 1", "'big dog'", "not one word")]
    [DataRow("\thound", "line 1", "''", "not one word")]
    [DataRow("dog\ta||b", "line 1", "synonym of 'dog'", "blank")]
    [DataRow("dog\t", "line 1", "synonym of 'dog'", "blank")]
    public void An_error_of_a_file_names_it_the_line_and_what_is_wrong(string content, params string[] fragments)
    {
        var error = Assert.Throws<FormatException>(() => Read(content, out _));
        foreach (var fragment in fragments.Append("thesaurus-").Append(".tsv"))
            Assert.Contains(fragment, error.Message);
    }

    [TestMethod]
    public void A_file_that_is_not_text_or_not_there_is_refused()
    {
        var path = Path.Combine(Path.GetTempPath(), $"thesaurus-{Guid.NewGuid():N}.tsv");
        var error = Assert.Throws<FileNotFoundException>(() => Thesaurus.FromFile(path));
        Assert.Contains(path, error.Message);
        Assert.Throws<ArgumentException>(() => Thesaurus.FromFile(" "));
        try
        {
            File.WriteAllBytes(path, [.. "dog\thound\ncat\t"u8, 0xFF, 0xFE]);
            Assert.Contains("UTF-8", Assert.Throws<FormatException>(() => Thesaurus.FromFile(path)).Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string[] Of(string word) => Thesaurus.WordNet.TryGetSynonyms(word, out var synonyms) ? [.. synonyms] : [];

    private static IThesaurus Read(string content) => Read(content, out _);

    private static IThesaurus Read(string content, out string path)
    {
        path = Path.Combine(Path.GetTempPath(), $"thesaurus-{Guid.NewGuid():N}.tsv");
        try
        {
            File.WriteAllText(path, content, new UTF8Encoding(false));
            return Thesaurus.FromFile(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
