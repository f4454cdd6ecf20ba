namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The plural of English nouns and the third person of verbs, which are both made with -s.</summary>
internal static class EnglishInS
{
    public const int LongestStem = 32;

    /// <summary>In how many ways a stem may be found. The caller knows which of the stems are words.</summary>
    public const int Rules = 3;

    private const int ShortestStem = 3;

    public static bool TryGetStem(ReadOnlySpan<char> word, int rule, Span<char> stem, out int length)
    {
        var (ending, replacement) = rule switch
        {
            0 => ("s", ""),
            1 => ("es", ""),
            _ => ("ies", "y"),
        };
        length = word.Length - ending.Length + replacement.Length;
        if (length is < ShortestStem or > LongestStem || !word.EndsWith(ending, StringComparison.OrdinalIgnoreCase) || IsSibilant(word[^2]) && rule == 0)
            return false;

        word[..^ending.Length].CopyTo(stem);
        replacement.CopyTo(stem[(word.Length - ending.Length)..]);
        return true;

        static bool IsSibilant(char character) => character is 's' or 'S';
    }

    /// <summary>Whether a word plainly takes -s: no name or number, none that ends in s already, and none in -man, whose plural is another.</summary>
    public static bool CanTakeS(string word) =>
        word.AsSpan().IndexOfAnyExceptInRange('a', 'z') < 0 && !word.EndsWith('s') && !word.EndsWith("man", StringComparison.Ordinal);

    public static string AddS(string word) => word switch
    {
        [.., 'x' or 'z'] or [.., 'c' or 's', 'h'] => word + "es",
        [.., not ('a' or 'e' or 'i' or 'o' or 'u'), 'y'] => word[..^1] + "ies",
        _ => word + "s",
    };
}
