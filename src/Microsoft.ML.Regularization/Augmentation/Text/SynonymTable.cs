using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>A thesaurus in memory.</summary>
internal sealed class SynonymTable : IThesaurus
{
    private readonly Dictionary<string, IReadOnlyList<string>> _synonyms = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IReadOnlyList<string>>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public SynonymTable() => _lookup = _synonyms.GetAlternateLookup<ReadOnlySpan<char>>();

    public static SynonymTable Of<TSynonyms>(IEnumerable<KeyValuePair<string, TSynonyms>> synonyms)
        where TSynonyms : IEnumerable<string>
    {
        Contracts.CheckValue(synonyms, nameof(synonyms));
        var table = new SynonymTable();
        foreach (var (word, list) in synonyms)
        {
            if (list is null)
                throw Contracts.ExceptParam(nameof(synonyms), $"The synonyms of '{word}' are null.");
            if (table.TryAdd(word, [.. list]) is { } problem)
                throw Contracts.ExceptParam(nameof(synonyms), $"{char.ToUpperInvariant(problem[0])}{problem[1..]}.");
        }

        return table;
    }

    /// <returns>What is wrong; null where nothing is.</returns>
    public string? TryAdd(string word, string[] synonyms)
    {
        if (!WordList.IsWord(word))
            return $"'{word}' is not one word, and texts are looked up word by word";
        if (Array.Exists(synonyms, string.IsNullOrWhiteSpace))
            return $"a synonym of '{word}' is blank";
        var others = Array.FindAll(synonyms, synonym => !synonym.Equals(word, StringComparison.OrdinalIgnoreCase));
        return _synonyms.TryAdd(word, others) ? null : $"the word '{word}' stands there twice";
    }

    public bool TryGetSynonyms(ReadOnlySpan<char> word, out IReadOnlyList<string> synonyms)
    {
        if (_lookup.TryGetValue(word, out var found))
        {
            synonyms = found;
            return true;
        }

        synonyms = [];
        return false;
    }
}
