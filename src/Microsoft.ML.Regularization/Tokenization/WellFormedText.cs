namespace Microsoft.ML.Regularization.Tokenization;

/// <summary>Text as tokenizers take it: they throw at halves of surrogate pairs, which texts that were cut end with.</summary>
internal static class WellFormedText
{
    public const string Breaks = "\t\n\v\f\r";

    /// <summary>The text, with a replacement character for each half of a pair and a space for each of the characters that are to be blank.</summary>
    public static string Of(ReadOnlySpan<char> text, string blank = "") => string.Create(text.Length, new Source(text, blank), Write);

    private static void Write(Span<char> target, Source source)
    {
        source.Text.CopyTo(target);
        foreach (ref var character in target)
        {
            if (source.Blank.Contains(character, StringComparison.Ordinal))
                character = ' ';
        }

        for (var at = 0; at < target.Length; at++)
        {
            if (!char.IsSurrogate(target[at]))
                continue;
            if (at + 1 < target.Length && char.IsSurrogatePair(target[at], target[at + 1]))
                at++;
            else
                target[at] = '\uFFFD';
        }
    }

    private readonly ref struct Source(ReadOnlySpan<char> text, string blank)
    {
        public ReadOnlySpan<char> Text { get; } = text;

        public string Blank { get; } = blank;
    }
}
