using System.IO.Compression;
using System.Text;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The synonyms of WordNet, of a word or of the noun or verb that a word in -s is made of.</summary>
internal sealed class WordNetThesaurus : IThesaurus
{
    private const string Resource = "Microsoft.ML.Regularization.WordNet.synonyms.tsv.br";

    private readonly Dictionary<string, Entry> _entries = new(50_000, StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Entry>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    private WordNetThesaurus() => _lookup = _entries.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IThesaurus Load()
    {
        using var resource = typeof(WordNetThesaurus).Assembly.GetManifestResourceStream(Resource)!;
        using var reader = new StreamReader(new BrotliStream(resource, CompressionMode.Decompress), Encoding.UTF8);
        var thesaurus = new WordNetThesaurus();
        thesaurus.Read(reader);
        return thesaurus;
    }

    public bool TryGetSynonyms(ReadOnlySpan<char> word, out IReadOnlyList<string> synonyms)
    {
        synonyms = _lookup.TryGetValue(word, out var entry) ? entry.Synonyms : InS(word);
        return synonyms.Count > 0;
    }

    private string[] InS(ReadOnlySpan<char> word)
    {
        Span<char> stem = stackalloc char[EnglishInS.LongestStem];
        for (var rule = 0; rule < EnglishInS.Rules; rule++)
        {
            if (EnglishInS.TryGetStem(word, rule, stem, out var length) && _lookup.TryGetValue(stem[..length], out var entry))
                return entry.InS;
        }

        return [];
    }

    // Lines of a word, the letter of its part of speech and its synonyms; the lines of a word stand together, comments at the top.
    private void Read(StreamReader reader)
    {
        var shared = new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var parts = new List<Part>();
        var word = "";
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
                continue;

            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (!line.AsSpan(0, tab).SequenceEqual(word))
            {
                Add(word, parts);
                word = Share(line.AsSpan(0, tab));
            }

            var list = line.AsSpan(tab + 3);
            var synonyms = new string[list.Count('|') + 1];
            var count = 0;
            foreach (var range in list.Split('|'))
                synonyms[count++] = Share(list[range]);
            parts.Add(new Part(IsNounOrVerb: line[tab + 1] is 'n' or 'v', synonyms));
        }

        Add(word, parts);

        // Nearly all synonyms are words of the list themselves.
        string Share(ReadOnlySpan<char> text)
        {
            if (shared.TryGetValue(text, out var known))
                return known;
            shared.Add(text);
            return shared.TryGetValue(text, out known) ? known : text.ToString();
        }
    }

    private void Add(string word, List<Part> parts)
    {
        if (parts.Count == 1)
            _entries.Add(word, new Entry(parts[0].Synonyms, parts[0].IsNounOrVerb ? parts[0].Synonyms.Length : 0, InflectedFirst: true));
        else if (parts.Count > 1)
            _entries.Add(word, Merge(parts));
        parts.Clear();
    }

    private static Entry Merge(List<Part> parts)
    {
        var groups = parts.GroupBy(part => part.IsNounOrVerb).OrderByDescending(group => group.Sum(part => part.Synonyms.Length)).ToList();
        return new Entry(
            Synonyms: [.. groups.SelectMany(SynonymsOf).Distinct()],
            InflectedCount: groups.Find(group => group.Key) is { } inflected ? SynonymsOf(inflected).Count() : 0,
            InflectedFirst: groups[0].Key);

        static IEnumerable<string> SynonymsOf(IEnumerable<Part> group) =>
            group.OrderByDescending(part => part.Synonyms.Length).SelectMany(part => part.Synonyms).Distinct();
    }

    private sealed record Part(bool IsNounOrVerb, string[] Synonyms);

    /// <param name="Synonyms">Those of nouns and verbs, which may be written in -s, and the others.</param>
    /// <param name="InflectedCount">How many of them are of nouns and verbs.</param>
    /// <param name="InflectedFirst">Whether these stand first, or last.</param>
    private sealed record Entry(string[] Synonyms, int InflectedCount, bool InflectedFirst)
    {
        private string[]? _inS;

        // Two cursors may both write it: the same.
        public string[] InS => _inS ??= [.. Inflected.Where(EnglishInS.CanTakeS).Select(EnglishInS.AddS)];

        private IEnumerable<string> Inflected => InflectedFirst ? Synonyms.Take(InflectedCount) : Synonyms.TakeLast(InflectedCount);
    }
}
