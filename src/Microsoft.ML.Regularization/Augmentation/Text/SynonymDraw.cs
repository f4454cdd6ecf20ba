using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Draws synonyms of words, for one cursor.</summary>
/// <param name="thesaurus">Where synonyms come from.</param>
/// <param name="stopWords">Words that have none and are none.</param>
/// <param name="most">How many of a word's synonyms one is drawn from.</param>
internal sealed class SynonymDraw(IThesaurus thesaurus, WordSet stopWords, int most)
{
    private readonly List<string> _choices = [];

    public bool TryDraw(ReadOnlySpan<char> word, ref KeyedStream random, out string synonym)
    {
        synonym = "";
        if (stopWords.Contains(word) || !thesaurus.TryGetSynonyms(word, out var synonyms) || synonyms is null)
            return false;

        _choices.Clear();
        for (var i = 0; i < synonyms.Count && _choices.Count < most; i++)
        {
            var choice = synonyms[i];
            if (!string.IsNullOrWhiteSpace(choice) && !word.Equals(choice, StringComparison.OrdinalIgnoreCase) && !stopWords.Contains(choice))
                _choices.Add(choice);
        }

        if (_choices.Count == 0)
            return false;

        synonym = _choices[(int)random.NextInt64(_choices.Count)];
        return true;
    }
}
