using System.Text;

namespace Microsoft.ML.Regularization.Structure;

/// <summary>C# without its comments and texts, which name things freely. What stands in the holes of interpolated texts stays.</summary>
internal static class BareCode
{
    public static string Of(string source)
    {
        var code = new StringBuilder(source.Length);
        for (var at = 0; at < source.Length;)
        {
            var rest = source.AsSpan(at);
            if (rest.StartsWith("//"))
                at = Find(source, "\n", at);
            else if (rest.StartsWith("/*"))
                at = After(source, "*/", at + 2);
            else if (rest.StartsWith("\"\"\""))
                at = After(source, "\"\"\"", at + 3);
            else if (rest[0] == '"')
                at = AfterText(source, at, code);
            else if (rest[0] == '\'' && rest.Length > 2 && (rest[1] == '\\' || rest[2] == '\''))
                at = After(source, "'", at + 2 + (rest[1] == '\\' ? 1 : 0));
            else
                code.Append(source[at++]);
        }

        return code.ToString();
    }

    private static int AfterText(string source, int quote, StringBuilder code)
    {
        var prefix = source[Math.Max(0, quote - 2)..quote];
        var (verbatim, interpolated) = (prefix.Contains('@'), prefix.Contains('$'));
        var at = quote + 1;
        while (at < source.Length)
        {
            if (interpolated && source[at] == '{')
                at = AfterHole(source, at, code);
            else if (source[at] == '\\' && !verbatim)
                at += 2;
            else if (source[at] != '"')
                at++;
            else if (verbatim && source.AsSpan(at).StartsWith("\"\""))
                at += 2;
            else
                break;
        }

        return at + 1;
    }

    private static int AfterHole(string source, int brace, StringBuilder code)
    {
        if (source.AsSpan(brace).StartsWith("{{"))
            return brace + 2;
        var end = brace + 1;
        for (var depth = 1; end < source.Length && depth > 0; end++)
            depth += source[end] switch { '{' => 1, '}' => -1, _ => 0 };
        code.Append(' ').Append(source, brace + 1, end - brace - 2).Append(' ');
        return end;
    }

    private static int After(string source, string mark, int from) => Math.Min(Find(source, mark, from) + mark.Length, source.Length);

    private static int Find(string source, string mark, int from)
    {
        var found = from < source.Length ? source.IndexOf(mark, from, StringComparison.Ordinal) : -1;
        return found < 0 ? source.Length : found;
    }
}
