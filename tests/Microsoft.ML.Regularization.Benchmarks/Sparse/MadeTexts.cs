namespace Microsoft.ML.Regularization.Benchmarks.Sparse;

/// <summary>
/// Texts of made words, of which some show a topic: of the size of a file of 10,000 short reviews, of which <c>FeaturizeText</c> makes about 31,700 slots.
/// </summary>
internal static class MadeTexts
{
    private const int Words = 1_400;
    private const int WordsOfText = 16;
    private const int TopicWords = 60;
    private const double TopicShare = 0.1;

    // Words that often follow a word, and how often one of them does.
    private const int Followers = 8;
    private const double FollowerShare = 0.85;

    public static List<Row> Of(int count, int seed)
    {
        var words = MakeWords();
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => MakeText())];

        Row MakeText()
        {
            var (label, word) = (random.Next(2) == 1, 0);
            var text = new List<string>();
            for (var left = random.Next(WordsOfText / 2, WordsOfText * 3 / 2 + 1); left > 0; left--)
            {
                word = random.NextDouble() < TopicShare ? TopicWord(label)
                    : random.NextDouble() < FollowerShare ? PlainWord((word * 31 + random.Next(Followers) * 7919) % 1000 / 1000.0)
                    : PlainWord(random.NextDouble());
                text.Add(words[word]);
            }

            return new Row { Text = string.Join(' ', text), Label = label };
        }

        // One in ten is a word of the other topic.
        int TopicWord(bool label) => Words - 1 - random.Next(TopicWords) - (label == (random.Next(10) == 0) ? TopicWords : 0);

        // A handful of words are most of what is written, as in any language (Zipf).
        static int PlainWord(double rank) => (int)Math.Pow(Words - 2 * TopicWords, rank) - 1;
    }

    private static string[] MakeWords()
    {
        const string Consonants = "bcdfghjklmnprstvwz";
        const string Vowels = "aeiouy";
        var random = new Random(1);
        return [.. Enumerable.Range(0, Words).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Syllable())))];

        string Syllable() => $"{Consonants[random.Next(Consonants.Length)]}{Vowels[random.Next(Vowels.Length)]}"
            + (random.Next(3) == 0 ? Consonants[random.Next(Consonants.Length)].ToString() : "");
    }

    public sealed class Row
    {
        public string Text { get; set; } = "";

        public bool Label { get; set; }
    }
}
