using System.Buffers;
using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>
/// The positions of the words in a text. The text between them is copied unchanged by edits: punctuation, and text whose meaning an edit would change, that
/// is, <see cref="Addresses"/> and words with a digit.
/// </summary>
internal sealed class WordList
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?…\r\n");

    private (int Start, int End)[] _words = new (int, int)[64];

    public int Count { get; private set; }

    /// <summary>The place of a word: from its first character to the one behind its last.</summary>
    public (int Start, int End) this[int word] => _words[word];

    public static bool HasWord(ReadOnlySpan<char> text)
    {
        var at = 0;
        return TryFind(text, ref at, out _);
    }

    /// <summary>Whether a text is a single word; one with a digit is one too, though edits leave it alone.</summary>
    public static bool IsWord(ReadOnlySpan<char> text)
    {
        var end = EndOfWord(text, start: 0);
        return end > 0 && end == text.Length;
    }

    public void Split(ReadOnlySpan<char> text)
    {
        Count = 0;
        var at = 0;
        while (TryFind(text, ref at, out var start))
        {
            if (Count == _words.Length)
                Array.Resize(ref _words, 2 * _words.Length);
            _words[Count++] = (start, at);
        }
    }

    public ReadOnlySpan<char> Of(ReadOnlySpan<char> text, int word)
    {
        var (start, end) = _words[word];
        return text[start..end];
    }

    /// <summary>The text between the previous word and this one; at the number of words, the text after the last word.</summary>
    public ReadOnlySpan<char> Before(ReadOnlySpan<char> text, int word)
    {
        var start = word == 0 ? 0 : _words[word - 1].End;
        return word == Count ? text[start..] : text[start.._words[word].Start];
    }

    public bool StartsSentence(ReadOnlySpan<char> text, int word)
    {
        if (word == 0)
            return true;

        // Punctuation within an address or a number does not end a sentence.
        var before = Before(text, word);
        for (var at = 0; at < before.Length; at++)
        {
            if (SentenceEnds.Contains(before[at]) && LengthOfLetter(before, at + 1) == 0)
                return true;
        }

        return false;
    }

    /// <summary>Finds the next word from a place on, which becomes the one behind the word.</summary>
    private static bool TryFind(ReadOnlySpan<char> text, ref int at, out int start)
    {
        while (at < text.Length)
        {
            if ((at == 0 || char.IsWhiteSpace(text[at - 1])) && LengthOfAddress(text[at..]) is var address and > 0)
            {
                at += address;
                continue;
            }

            start = at;
            at = EndOfWord(text, start);
            if (at == start)
                at++;
            else if (!HasDigit(text[start..at]))
                return true;
        }

        start = at;
        return false;
    }

    // The start where there is no word.
    private static int EndOfWord(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        for (var length = LengthOfLetter(text, at); length > 0; length = LengthOfNext(text, at))
            at += length;
        return at;
    }

    private static bool HasDigit(ReadOnlySpan<char> word)
    {
        foreach (var rune in word.EnumerateRunes())
        {
            if (Rune.IsDigit(rune))
                return true;
        }

        return false;
    }

    private static int LengthOfAddress(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && !char.IsWhiteSpace(text[length]))
            length++;
        return Addresses.IsOne(text[..length]) ? length : 0;
    }

    // A word goes on with a letter, with a mark on the letter before, or with what joins it to another letter.
    private static int LengthOfNext(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length)
            return 0;

        var length = LengthOfLetter(text, at);
        if (length > 0)
            return length;

        var character = text[at];
        if (IsJoint(character, text[at - 1], at + 1 < text.Length ? text[at + 1] : '\0') && LengthOfLetter(text, at + 1) is var next and > 0)
            return 1 + next;
        return character < 0x80 ? 0 : LengthOfMark(text, at);
    }

    private static bool IsJoint(char character, char before, char after) => character switch
    {
        '-' or '\'' or '_' => true,
        '.' or ',' => char.IsAsciiDigit(before) && char.IsAsciiDigit(after),
        // Typographic apostrophe and hyphens; the joiners of Arabic and Indic scripts.
        '\u2019' or '\u2010' or '\u2011' or '\u200C' or '\u200D' => true,
        _ => false,
    };

    private static int LengthOfLetter(ReadOnlySpan<char> text, int at)
    {
        if (at >= text.Length)
            return 0;

        var character = text[at];
        if (character < 0x80)
            return char.IsAsciiLetterOrDigit(character) ? 1 : 0;
        if (!char.IsSurrogate(character))
            return char.IsLetterOrDigit(character) ? 1 : 0;
        return CategoryOfPair(text, at) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber ? 2 : 0;
    }

    private static int LengthOfMark(ReadOnlySpan<char> text, int at)
    {
        var isPair = char.IsSurrogate(text[at]);
        var category = isPair ? CategoryOfPair(text, at) : CharUnicodeInfo.GetUnicodeCategory(text[at]);
        return category is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark ? isPair ? 2 : 1 : 0;
    }

    private static UnicodeCategory CategoryOfPair(ReadOnlySpan<char> text, int at) =>
        at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1])
            ? CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(text[at], text[at + 1]))
            : UnicodeCategory.Surrogate;
}
