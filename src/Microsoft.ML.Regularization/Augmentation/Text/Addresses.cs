namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>Recognizes words that must not be edited because every letter counts: addresses, paths, handles and hashtags.</summary>
internal static class Addresses
{
    /// <summary>Whether a run without white space is one of them; punctuation around it does not matter.</summary>
    public static bool IsOne(ReadOnlySpan<char> run)
    {
        var trimmed = run.TrimStart("([{<\"'\u2018\u201C\u00AB");
        return trimmed.Contains("://", StringComparison.Ordinal)
            || trimmed.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
            || (trimmed.Length > 1 && trimmed[0] is '#' or '/' && char.IsLetterOrDigit(trimmed[1]))
            || HasNamePart(trimmed);
    }

    // "me@there", "@handle", "folder\file", "site.org", "report.pdf"; but not "end.Next", which lacks a space.
    private static bool HasNamePart(ReadOnlySpan<char> run)
    {
        for (var i = 0; i < run.Length - 1; i++)
        {
            var isPart = run[i] switch
            {
                '@' => char.IsLetterOrDigit(run[i + 1]) || run[i + 1] == '_',
                '\\' => char.IsLetterOrDigit(run[i + 1]),
                '.' => char.IsAsciiLetterLower(run[i + 1]) && i > 0 && char.IsLetterOrDigit(run[i - 1]),
                _ => false,
            };
            if (isPart)
                return true;
        }

        return false;
    }
}
