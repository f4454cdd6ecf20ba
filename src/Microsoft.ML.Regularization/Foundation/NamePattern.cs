namespace Microsoft.ML.Regularization.Foundation;

/// <summary>Names with <c>*</c> for any characters.</summary>
internal static class NamePattern
{
    /// <summary>What each <c>*</c> of a pattern stands for in a name; null where it does not match.</summary>
    public static IReadOnlyList<string>? Match(string pattern, string name)
    {
        var literal = pattern.Split('*');
        if (literal.Length == 1)
            return pattern == name ? [] : null;
        if (!name.StartsWith(literal[0], StringComparison.Ordinal))
            return null;

        // The last text must end the name; each one before is taken where it first occurs.
        var (parts, place) = (new List<string>(), literal[0].Length);
        foreach (var text in literal[1..^1])
        {
            var found = name.IndexOf(text, place, StringComparison.Ordinal);
            if (found < 0)
                return null;
            parts.Add(name[place..found]);
            place = found + text.Length;
        }

        var end = name.Length - literal[^1].Length;
        if (end < place || !name.EndsWith(literal[^1], StringComparison.Ordinal))
            return null;
        parts.Add(name[place..end]);
        return parts;
    }

    public static int Wildcards(string pattern) => pattern.Count(sign => sign == '*');

    public static bool Matches(string pattern, string name) => Match(pattern, name) is not null;
}
