using System.Text;

namespace Microsoft.ML.Regularization.Tests.Tokenization;

/// <summary>Vocabularies that are small enough to split texts by hand.</summary>
internal static class TinyVocabularies
{
    public static readonly string[] Words =
    [
        "[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "un", "##aff", "##able", "##a", "run", "##ning", "##s", "resume", "$", "5", "!", "_", "a", "日", "Run",
    ];

    // The pieces that GPT-2's own table writes: Ġ is the byte of a space, Ã and © are the two bytes of é.
    public const string Pairs = """{"l":0,"o":1,"w":2,"e":3,"r":4,"Ġ":5,"lo":6,"low":7,"er":8,"Ġlow":9,"Ġl":10,"Ã":11,"©":12,"Ã©":13,"<unk>":14}""";

    public const string Merges = "#version: 0.2\nl o\nlo w\ne r\nĠ low\nÃ ©\n";

    public static SubwordVocabulary WordPiece(bool lowerCase = true, bool addSpecialTokens = false) =>
        SubwordVocabulary.WordPiece(Stream(string.Join('\n', Words)), lowerCase, addSpecialTokens);

    public static SubwordVocabulary BytePairs(bool byteLevel = true, string? unknownToken = null) =>
        SubwordVocabulary.BytePairs(Stream(Pairs), Stream(Merges), byteLevel, unknownToken);

    public static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    public static string Pieces(this SubwordVocabulary vocabulary, string text) =>
        string.Join(' ', vocabulary.Encode(text).Select(id => vocabulary.Tokens[id]));
}
