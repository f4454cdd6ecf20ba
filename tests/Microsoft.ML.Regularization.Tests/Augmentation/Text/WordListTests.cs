namespace Microsoft.ML.Regularization.Tests.Augmentation.Text;

[TestClass]
public sealed class WordListTests
{
    private static readonly string[] Odd =
    [
        "", " ", "\t\r\n", "...", "a", "The big, red dog.", "  lead and trail  ", "line one\r\nline two\n\ttabbed", "\"Quoted\" (words) [here]",
        "don't can’t rock-'n'-roll well-known --dashes-- -x- 'y'", "3.5 1,000 2.0.1 v1.2 .5 5.", "snake_case _x_", "naïve cafe\u0301 \u0301alone",
        "😀 smile 👩‍👩‍👧 ❤️ 1️⃣ 👍🏽", "𝒜𝓁𝓅𝒽𝒶 𐐀𐐨 x𐐨y", "\uD83D lone \uDE00 a\uD800", "日本語 текст 'ελληνικά' العربية", "می‌خواهم क्‍ष", "a\0b\u00ADc", "e-mail@x.org http://a.b/c?d=1",
    ];

    private static IEnumerable<object[]> OddTexts => Odd.Select((_, i) => new object[] { i });

    [TestMethod]
    [DataRow("The big, red dog.", "The|big|red|dog")]
    [DataRow("  lead\tand\r\ntrail ", "lead|and|trail")]
    [DataRow("don't can’t rock-'n'-roll -x- 'y' a--b", "don't|can’t|rock|n|roll|x|y|a|b")]
    [DataRow("well-known snake_case _x_", "well-known|snake_case|x")]
    [DataRow("3.5 1,000 end.Next a,b 5.", "end|Next|a|b")]
    [DataRow("call 555-1234 or B2B, room-3b and ٣ in 2024!", "call|or|and|in")]
    [DataRow("see https://a.org/big?x=red (www.dogs.net), http://b.c.", "see")]
    [DataRow("mail first.last@mail.example.com or <me@x.org>: ask @big_dog #dogs", "mail|or|ask")]
    [DataRow("open C:\\red\\dog.txt /usr/big report.pdf site.com and/or C# mail@ @ #", "open|and|or|C|mail")]
    [DataRow("naïve cafe\u0301 \u0301alone", "naïve|cafe\u0301|alone")]
    [DataRow("😀 smile 👩‍👩‍👧 ❤️ 👍🏽", "smile")]
    [DataRow("𐐀𐐨 x𐐨y", "𐐀𐐨|x𐐨y")]
    [DataRow("\uD83D lone \uDE00", "lone")]
    [DataRow("日本語 текст 'ελληνικά'", "日本語|текст|ελληνικά")]
    [DataRow("می‌خواهم क्‍ष", "می‌خواهم|क्‍ष")]
    [DataRow("... !? 😀", "")]
    public void Words_are_runs_of_letters_and_marks_and_what_joins_them(string text, string words)
    {
        CollectionAssert.AreEqual(words.Split('|', StringSplitOptions.RemoveEmptyEntries), WordsOf(text));
        Assert.AreEqual(words.Length > 0, WordList.HasWord(text));
    }

    [TestMethod]
    [DynamicData(nameof(OddTexts))]
    public void Words_and_what_stands_between_them_are_the_text(int odd)
    {
        var text = Odd[odd];
        var words = Split(text);
        var again = string.Concat(Enumerable.Range(0, words.Count).Select(word => $"{words.Before(text, word)}{words.Of(text, word)}")) + words.Before(text, words.Count).ToString();
        Assert.AreEqual(text, again);
        Assert.AreEqual(words.Count > 0, WordList.HasWord(text));
        for (var word = 0; word < words.Count; word++)
        {
            Assert.IsLessThan(words[word].End, words[word].Start);
            Assert.IsFalse(WordList.HasWord(words.Before(text, word)), "between words there is none");
        }
    }

    [TestMethod]
    [DynamicData(nameof(OddTexts))]
    public void No_edit_fails_on_an_odd_text_or_breaks_a_pair(int odd)
    {
        var ml = new MLContext(seed: 1);
        var text = Odd[odd];
        var isSound = IsSound(text);
        foreach (var options in new TextAugmentationOptions[]
        {
            new SynonymReplacementOptions { Rate = 1, StopWords = [] }, new RandomInsertionOptions { Rate = 1 },
            new RandomSwapOptions { Rate = 1 }, new RandomDeletionOptions { Rate = 0.5 },
        })
        {
            foreach (var edited in ml.Repeat(50, options, text))
            {
                Assert.IsTrue(!isSound || IsSound(edited), edited);
                if (Split(text).Count == 0)
                    Assert.AreEqual(text, edited);
            }
        }
    }

    [TestMethod]
    public void Addresses_handles_and_numbers_come_through_every_edit()
    {
        var ml = new MLContext(seed: 1);
        string[] kept = ["https://shop.example/red?id=7&q=big", "@big_dog", "first.last@mail.example.com", "1,299.95", "#red", "B2B"];
        var text = $"My big red dog bought {kept[0]} and {kept[1]} wrote {kept[2]} about {kept[3]} for {kept[4]} things of {kept[5]} people";
        foreach (var options in new TextAugmentationOptions[]
        {
            new SynonymReplacementOptions { Rate = 1, StopWords = [] }, new RandomInsertionOptions { Rate = 1 }, new RandomSwapOptions { Rate = 1 },
            new RandomDeletionOptions { Rate = 0.9 }, new EasyDataAugmentationOptions { DeletionRate = 0.9, SwapRate = 1, SynonymRate = 1, InsertionRate = 1 },
        })
        {
            foreach (var edited in ml.Repeat(100, options, text))
                CollectionAssert.AreEqual(kept, edited.Split(' ').Where(kept.Contains).ToArray(), $"{options.Name}: {edited}");
        }
    }

    [TestMethod]
    public void Sentences_begin_behind_their_ends_and_line_breaks()
    {
        const string text = "One two. Three four! five\nsix… Seven, eight 3.5 nine";
        var words = Split(text);
        var starts = Enumerable.Range(0, words.Count).Where(word => words.StartsSentence(text, word)).Select(word => words.Of(text, word).ToString());
        CollectionAssert.AreEqual(new[] { "One", "Three", "five", "six", "Seven" }, starts.ToArray());
    }

    [TestMethod]
    public void A_list_serves_one_text_after_another()
    {
        var words = new WordList();
        words.Split(string.Join(' ', Enumerable.Range(0, 1000).Select(Sentences.Word)));
        Assert.AreEqual(1000, words.Count);
        words.Split("two words");
        Assert.AreEqual(2, words.Count);
    }

    private static string[] WordsOf(string text)
    {
        var words = Split(text);
        return [.. Enumerable.Range(0, words.Count).Select(word => words.Of(text, word).ToString())];
    }

    private static WordList Split(string text)
    {
        var words = new WordList();
        words.Split(text);
        return words;
    }

    private static bool IsSound(string text) => !text.EnumerateRunes().Contains(System.Text.Rune.ReplacementChar);
}
