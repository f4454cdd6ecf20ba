using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Regularization.Tokenization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The pieces of words that texts are split into, and how: few enough for a table of vectors, yet they spell words that training never saw. A vocabulary is
/// read from the files it is published with and never learned here; the bytes of the files go into the model file. It is immutable and safe for
/// many threads.
/// </summary>
public abstract class SubwordVocabulary
{
    private protected SubwordVocabulary(IReadOnlyList<string> tokens) => Tokens = tokens;

    /// <summary>
    /// The tokens by their ids, as the files write them: pieces inside a word begin with <c>##</c> in WordPiece, pieces behind a space with <c>Ġ</c> in
    /// byte-level byte pairs. An id that the files leave out has an empty token.
    /// </summary>
    public IReadOnlyList<string> Tokens { get; }

    /// <summary>
    /// The vocabulary of a BERT model, a <c>vocab.txt</c> with one token in each line: each word is split into the longest pieces there are, from its start
    /// (Schuster and Nakajima, "Japanese and Korean voice search", 2012; Devlin et al., "BERT: pre-training of deep bidirectional transformers", 2019).
    /// </summary>
    /// <param name="path">The file, in UTF-8; it has the tokens [UNK], [CLS], [SEP], [PAD] and [MASK].</param>
    /// <param name="lowerCase">Whether texts are put into lower case and stripped of accents, for models that are called uncased. Default: true.</param>
    /// <param name="addSpecialTokens">
    /// Whether [CLS] is put before a text's tokens and [SEP] behind them. Default: false; networks that are trained from the start need neither.
    /// </param>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="FormatException">The file is no vocabulary; the message names the line.</exception>
    public static SubwordVocabulary WordPiece(string path, bool lowerCase = true, bool addSpecialTokens = false) =>
        new WordPieceVocabulary(VocabularyFile.Read(path, nameof(path)), lowerCase, addSpecialTokens);

    /// <summary>The vocabulary of a BERT model, from a stream: see <see cref="WordPiece(string, bool, bool)"/>.</summary>
    /// <param name="stream">What <c>vocab.txt</c> holds; it is read to its end and left open.</param>
    /// <param name="lowerCase">Whether texts are put into lower case and stripped of accents. Default: true.</param>
    /// <param name="addSpecialTokens">Whether [CLS] is put before a text's tokens and [SEP] behind them. Default: false.</param>
    /// <exception cref="FormatException">The stream holds no vocabulary; the message names the line.</exception>
    public static SubwordVocabulary WordPiece(Stream stream, bool lowerCase = true, bool addSpecialTokens = false) =>
        new WordPieceVocabulary(VocabularyFile.Read(stream, nameof(stream)), lowerCase, addSpecialTokens);

    /// <summary>
    /// A vocabulary of byte pairs, a <c>vocab.json</c> of tokens and ids and a <c>merges.txt</c> of pairs in the order in which they are merged
    /// (Sennrich et al., "Neural machine translation of rare words with subword units", 2016).
    /// </summary>
    /// <param name="vocabularyPath">The tokens: a JSON object in UTF-8 whose values are the ids from 0, each once.</param>
    /// <param name="mergesPath">The merges: two tokens in each line, with a space between; lines that begin with <c>#version</c> are skipped.</param>
    /// <param name="byteLevel">
    /// Whether tokens are made of the bytes of UTF-8, spaces among them, as those of GPT-2 and RoBERTa (Radford et al., "Language models are unsupervised
    /// multitask learners", 2019); else of characters, and spaces only part words. Default: true.
    /// </param>
    /// <param name="unknownToken">
    /// The token of what the vocabulary lacks. Default: null, which leaves out what it lacks; a vocabulary with all 256 bytes lacks nothing.
    /// </param>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="FormatException">A file is malformed, or the two do not fit each other; the message tells why.</exception>
    public static SubwordVocabulary BytePairs(string vocabularyPath, string mergesPath, bool byteLevel = true, string? unknownToken = null) =>
        new BytePairVocabulary(
            VocabularyFile.Read(vocabularyPath, nameof(vocabularyPath)), VocabularyFile.Read(mergesPath, nameof(mergesPath)), byteLevel, unknownToken);

    /// <summary>A vocabulary of byte pairs, from streams: see <see cref="BytePairs(string, string, bool, string?)"/>.</summary>
    /// <param name="vocabulary">What <c>vocab.json</c> holds; it is read to its end and left open.</param>
    /// <param name="merges">What <c>merges.txt</c> holds; it is read to its end and left open.</param>
    /// <param name="byteLevel">Whether tokens are made of the bytes of UTF-8. Default: true.</param>
    /// <param name="unknownToken">The token of what the vocabulary lacks. Default: null, which leaves it out.</param>
    /// <exception cref="FormatException">A stream's content is malformed, or the two do not fit each other; the message tells why.</exception>
    public static SubwordVocabulary BytePairs(Stream vocabulary, Stream merges, bool byteLevel = true, string? unknownToken = null) =>
        new BytePairVocabulary(
            VocabularyFile.Read(vocabulary, nameof(vocabulary)), VocabularyFile.Read(merges, nameof(merges)), byteLevel, unknownToken);

    /// <summary>The ids of a text's tokens, none for an empty text unless it has special ones.</summary>
    internal abstract IReadOnlyList<int> Encode(ReadOnlySpan<char> text);

    internal abstract void Save(ModelWriter writer);

    internal static SubwordVocabulary Load(IExceptionContext context, ModelReader reader)
    {
        // *** Binary format ***
        // string id: kind of vocabulary
        // <its own settings and streams>
        var kind = reader.ReadText();
        return kind switch
        {
            WordPieceVocabulary.Kind => WordPieceVocabulary.Read(context, reader),
            BytePairVocabulary.Kind => BytePairVocabulary.Read(context, reader),
            _ => throw context.ExceptDecode($"'{kind}' is no kind of vocabulary: the model file is damaged or was written by a newer version."),
        };
    }
}
