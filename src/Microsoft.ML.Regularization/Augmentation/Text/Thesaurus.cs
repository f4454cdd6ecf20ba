using Microsoft.ML.Regularization.Augmentation;
using Microsoft.ML.Regularization.Foundation;

namespace Microsoft.ML.Regularization;

/// <summary>Thesauri for <see cref="SynonymReplacementOptions"/> and its like.</summary>
public static class Thesaurus
{
    private static readonly Deferred<IThesaurus> DeferredWordNet = new(WordNetThesaurus.Load);

    /// <summary>
    /// The 49,065 English words that have synonyms of one word in WordNet 3.0 (Princeton University), which is part of the library. The synonyms of a word
    /// are in the order of its senses, the most common first; if it is several parts of speech, those of nouns and verbs and those of adjectives and adverbs
    /// form two groups, the larger group first, and in a group the larger part. A word in -s that is not listed itself, such as "dogs" or "runs", has the
    /// synonyms of the noun or verb that it is made of, in -s too. It is read when it is first asked for.
    /// </summary>
    public static IThesaurus WordNet => DeferredWordNet.Value;

    /// <summary>
    /// Reads a thesaurus from a file of UTF-8 text, a word in each line: the word, a tab, and its synonyms, the best first, with <c>|</c> between
    /// them: <c>dog&lt;tab&gt;hound|canine</c>. Blank lines and lines that begin with <c>#</c> are comments. Synonyms hold in one direction only.
    /// </summary>
    /// <param name="path">Path of the file.</param>
    /// <exception cref="FormatException">A line is not as it must be; the message names the file, the line and what is wrong.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static IThesaurus FromFile(string path) => ThesaurusFile.Read(path);

    /// <summary>
    /// Makes a thesaurus of a dictionary: <c>Thesaurus.Of(new Dictionary&lt;string, string[]&gt; { ["dog"] = ["hound", "canine"] })</c>.
    /// </summary>
    /// <typeparam name="TSynonyms">A collection of texts.</typeparam>
    /// <param name="synonyms">Words, in whatever case, and their synonyms, the best first. Synonyms hold in one direction only.</param>
    /// <exception cref="ArgumentOutOfRangeException">A word is not one word or is there twice, or a synonym is null or blank.</exception>
    public static IThesaurus Of<TSynonyms>(IEnumerable<KeyValuePair<string, TSynonyms>> synonyms)
        where TSynonyms : IEnumerable<string> => SynonymTable.Of(synonyms);
}
