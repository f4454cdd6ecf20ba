namespace Microsoft.ML.Regularization;

/// <summary>
/// A source of synonyms. It is called from several threads at the same time, and must return the same synonyms for the same word each time.
/// </summary>
public interface IThesaurus
{
    /// <summary>Finds the synonyms of a word.</summary>
    /// <param name="word">The word as written in a text, in any case. It is valid during the call only.</param>
    /// <param name="synonyms">
    /// The word's synonyms, those of its commonest sense first; an empty list where the result is false. Callers must not change the list.
    /// </param>
    /// <returns>Whether the word is known.</returns>
    bool TryGetSynonyms(ReadOnlySpan<char> word, out IReadOnlyList<string> synonyms);
}
