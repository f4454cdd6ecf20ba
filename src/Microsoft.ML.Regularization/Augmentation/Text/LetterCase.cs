namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>How a word is written.</summary>
internal enum LetterCase
{
    /// <summary>In none of the other ways: without letters that have a case, or mixed, as in McDonald.</summary>
    Other,

    /// <summary>All lower case.</summary>
    Lower,

    /// <summary>The first letter is a capital, and it alone.</summary>
    Title,

    /// <summary>All capitals, two at least.</summary>
    Upper,
}

/// <summary>Tells how words are written.</summary>
internal static class LetterCases
{
    public static LetterCase Of(ReadOnlySpan<char> word)
    {
        var upper = 0;
        var lower = 0;
        foreach (var character in word)
        {
            if (char.IsUpper(character))
                upper++;
            else if (char.IsLower(character))
                lower++;
        }

        if (upper == 0)
            return lower > 0 ? LetterCase.Lower : LetterCase.Other;
        if (lower == 0 && upper > 1)
            return LetterCase.Upper;
        return upper == 1 && char.IsUpper(word[0]) ? LetterCase.Title : LetterCase.Other;
    }

    public static bool StartsWithCapital(ReadOnlySpan<char> word) => char.IsUpper(word[0]);

    /// <summary>Whether a word that began a sentence may be written in lower case elsewhere. Names cannot be recognized.</summary>
    public static bool MayBecomeSmall(ReadOnlySpan<char> word) =>
        Of(word) == LetterCase.Title && !(word[0] == 'I' && (word.Length == 1 || word[1] is '\'' or '\u2019'));
}
