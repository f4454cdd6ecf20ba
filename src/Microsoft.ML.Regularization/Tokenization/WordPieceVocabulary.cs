using System.Text.RegularExpressions;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;
using Microsoft.ML.Tokenizers;

namespace Microsoft.ML.Regularization.Tokenization;

/// <summary>The vocabulary of a BERT model.</summary>
internal sealed partial class WordPieceVocabulary : SubwordVocabulary
{
    public const string Kind = "WordPiece";

    private const string Stream = "vocab.txt";

    private static readonly string[] SpecialTokens = ["[UNK]", "[CLS]", "[SEP]", "[PAD]", "[MASK]"];

    private readonly VocabularyFile _file;
    private readonly bool _lowerCase;
    private readonly bool _addSpecialTokens;
    private readonly BertTokenizer _tokenizer;

    public WordPieceVocabulary(VocabularyFile file, bool lowerCase, bool addSpecialTokens)
        : base(ReadTokens(file))
    {
        _file = file;
        _lowerCase = lowerCase;
        _addSpecialTokens = addSpecialTokens;
        using var stream = new MemoryStream(file.Content.ToArray());
        _tokenizer = BertTokenizer.Create(stream, new BertOptions
        {
            LowerCaseBeforeTokenization = lowerCase,
            // BERT strips accents where it lowers case.
            RemoveNonSpacingMarks = lowerCase,
            // The tokenizer's own words leave out signs that BERT counts as punctuation, such as $ and +.
            PreTokenizer = new RegexPreTokenizer(Words(), SpecialTokens.ToDictionary(token => lowerCase ? token.ToLowerInvariant() : token, IdOf)),
        });
    }

    public static WordPieceVocabulary Read(IExceptionContext context, ModelReader reader)
    {
        // *** Binary format ***
        // bool: lower case
        // bool: special tokens are added
        // <vocab.txt in a stream of its own>
        var lowerCase = reader.ReadBoolean();
        var addSpecialTokens = reader.ReadBoolean();
        return new WordPieceVocabulary(VocabularyFile.Load(context, reader, Stream), lowerCase, addSpecialTokens);
    }

    // The tokenizer drops control characters and joins the words that a line break or a tab parts.
    internal override IReadOnlyList<int> Encode(ReadOnlySpan<char> text) =>
        _tokenizer.EncodeToIds(WellFormedText.Of(text, WellFormedText.Breaks), _addSpecialTokens, considerPreTokenization: true);

    internal override void Save(ModelWriter writer)
    {
        writer.Write(Kind);
        writer.Write(_lowerCase);
        writer.Write(_addSpecialTokens);
        _file.Save(writer, Stream);
    }

    private static List<string> ReadTokens(VocabularyFile file)
    {
        var tokens = file.ReadLines();
        while (tokens.Count > 0 && tokens[^1].Length == 0)
            tokens.RemoveAt(tokens.Count - 1);
        if (tokens.Count == 0)
            throw file.Fault("it is empty");

        var seen = new HashSet<string>();
        for (var id = 0; id < tokens.Count; id++)
        {
            if (tokens[id].Length > 0 && !seen.Add(tokens[id]))
                throw file.Fault($"line {id + 1} has the token '{tokens[id]}' a second time");
        }

        if (SpecialTokens.FirstOrDefault(token => !seen.Contains(token)) is { } missing)
            throw file.Fault($"it lacks the token {missing}, which a vocabulary of BERT has in a line of its own");
        return tokens;
    }

    private int IdOf(string token) => Tokens.Index().First(known => known.Item == token).Index;

    // BERT's: each punctuation mark and each ASCII sign is a word of its own; all else runs to the next of them or to white space.
    [GeneratedRegex(@"[\p{P}$+<=>^`|~]|[^\s\p{P}$+<=>^`|~]+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Words();
}
