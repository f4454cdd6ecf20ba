using System.Text.Json;
using Microsoft.ML.Regularization.MLNet;
using Microsoft.ML.Runtime;
using Microsoft.ML.Tokenizers;

namespace Microsoft.ML.Regularization.Tokenization;

/// <summary>A vocabulary of byte pairs.</summary>
internal sealed class BytePairVocabulary : SubwordVocabulary
{
    public const string Kind = "BytePairs";

    private const string VocabularyStream = "vocab.json";
    private const string MergesStream = "merges.txt";

    private readonly VocabularyFile _vocabulary;
    private readonly VocabularyFile _merges;
    private readonly bool _byteLevel;
    private readonly string? _unknownToken;
    private readonly BpeTokenizer _tokenizer;

    public BytePairVocabulary(VocabularyFile vocabulary, VocabularyFile merges, bool byteLevel, string? unknownToken)
        : base(ReadTokens(vocabulary))
    {
        _vocabulary = vocabulary;
        _merges = merges;
        _byteLevel = byteLevel;
        _unknownToken = unknownToken;
        if (unknownToken is not null && !Tokens.Contains(unknownToken))
            throw vocabulary.Fault($"it lacks the token '{unknownToken}' that {nameof(unknownToken)} names");

        var options = new BpeOptions(Tokens.Select((token, id) => KeyValuePair.Create(token, id)))
        {
            Merges = ReadMerges(merges),
            ByteLevel = byteLevel,
            PreTokenizer = byteLevel ? RobertaPreTokenizer.Instance : PreTokenizer.CreateWordOrNonWord(),
            UnknownToken = unknownToken,
        };
        try
        {
            _tokenizer = BpeTokenizer.Create(options);
        }
        catch (InvalidOperationException exception)
        {
            throw merges.Fault($"it does not fit the vocabulary: {exception.Message.TrimEnd('.')}", exception);
        }
    }

    public static BytePairVocabulary Read(IExceptionContext context, ModelReader reader)
    {
        // *** Binary format ***
        // bool: bytes in place of characters
        // string id: the unknown token, or null
        // <vocab.json and merges.txt in streams of their own>
        var byteLevel = reader.ReadBoolean();
        var unknownToken = reader.ReadTextOrNull();
        return new BytePairVocabulary(
            VocabularyFile.Load(context, reader, VocabularyStream), VocabularyFile.Load(context, reader, MergesStream), byteLevel, unknownToken);
    }

    internal override IReadOnlyList<int> Encode(ReadOnlySpan<char> text) => _tokenizer.EncodeToIds(WellFormedText.Of(text));

    internal override void Save(ModelWriter writer)
    {
        writer.Write(Kind);
        writer.Write(_byteLevel);
        writer.WriteOrNull(_unknownToken);
        _vocabulary.Save(writer, VocabularyStream);
        _merges.Save(writer, MergesStream);
    }

    private static string[] ReadTokens(VocabularyFile file)
    {
        Dictionary<string, int>? ids;
        try
        {
            ids = JsonSerializer.Deserialize<Dictionary<string, int>>(string.Join('\n', file.ReadLines()));
        }
        catch (JsonException exception)
        {
            throw file.Fault($"it is not a JSON object of tokens and ids: {exception.Message.TrimEnd('.')}", exception);
        }

        if (ids is not { Count: > 0 })
            throw file.Fault("it is empty");

        var tokens = new string[ids.Count];
        foreach (var (token, id) in ids)
        {
            if (id < 0 || id >= tokens.Length || tokens[id] is not null)
                throw file.Fault($"its {tokens.Length} tokens must have the ids from 0 to {tokens.Length - 1}, each once, but '{token}' has {id}");
            tokens[id] = token;
        }

        return tokens;
    }

    private static List<string> ReadMerges(VocabularyFile file)
    {
        var lines = file.ReadLines();
        for (var line = 0; line < lines.Count; line++)
        {
            if (!IsSkipped(lines[line]) && lines[line].Split(' ') is not [{ Length: > 0 }, { Length: > 0 }])
                throw file.Fault($"line {line + 1} must be two tokens with a space between, but it is '{lines[line]}'");
        }

        lines.RemoveAll(IsSkipped);
        return lines;
    }

    private static bool IsSkipped(string line) => line.Length == 0 || line.StartsWith("#version", StringComparison.Ordinal);
}
