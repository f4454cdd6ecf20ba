using System.Text.RegularExpressions;

namespace Microsoft.ML.Regularization.Structure;

/// <summary>Which file declares which type, and which extension method.</summary>
internal sealed partial class Declarations
{
    // Names that plain methods have too. Arithmetic counts where the file speaks of tensors; verbs of the front door do not count.
    private static readonly HashSet<string> Arithmetic = ["Add", "Multiply", "Fill", "Subtract", "Divide"];
    private static readonly HashSet<string> Verbs = ["Augment", "RandAugment"];

    private readonly ILookup<string, SourceFile> _types;
    private readonly ILookup<string, SourceFile> _extensions;

    public Declarations(IReadOnlyCollection<SourceFile> files)
    {
        _types = files.SelectMany(file => TopLevelTypes(file.Code).Distinct().Select(type => (type, file))).ToLookup(found => found.type, found => found.file);
        _extensions = files.SelectMany(file => Names(Extension(), file.Code).Distinct().Select(method => (method, file)))
            .ToLookup(found => found.method, found => found.file);
    }

    public IEnumerable<SourceFile> FilesOf(string type) => _types[type];

    /// <summary>The types of other files that a file names.</summary>
    public IEnumerable<Use> TypesNamedBy(SourceFile file) =>
        from type in Names(Identifier(), file.Code).Distinct()
        from target in _types[type]
        where target != file
        select new Use(file, target, type);

    /// <summary>The extension methods of other files that a file calls, as far as their names tell.</summary>
    public IEnumerable<Use> ExtensionsCalledBy(SourceFile file) =>
        from method in Names(Call(), file.Code).Distinct()
        where !Verbs.Contains(method) && (!Arithmetic.Contains(method) || TensorType().IsMatch(file.Code))
        from target in _extensions[method]
        where target != file
        select new Use(file, target, $".{method}()");

    private static IEnumerable<string> TopLevelTypes(string code)
    {
        var (depth, read) = (0, 0);
        foreach (Match match in Declaration().Matches(code))
        {
            for (; read < match.Index; read++)
                depth += code[read] switch { '{' => 1, '}' => -1, _ => 0 };
            if (depth == 0)
                yield return match.Groups["name"].Value;
        }
    }

    private static IEnumerable<string> Names(Regex pattern, string code) => pattern.Matches(code).Select(match => match.Groups["name"].Value);

    [GeneratedRegex(
        @"\b(?:(?:public|internal|private|protected|file)\s+)?(?:(?:static|sealed|abstract|readonly|partial|unsafe|ref|new|private|protected|internal)\s+)*" +
        @"(?:class|struct|interface|enum|record\s+struct|record|delegate\s+[\w<>\[\],\s\?]+?)\s+(?<name>[A-Z]\w*)")]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\bstatic\s+(?:unsafe\s+)?[\w<>\[\],\?\s\.]+?\s+(?<name>\w+)(?:<[\w,\s]+>)?\(\s*this\s+[\w<>\[\]\.\?]+")]
    private static partial Regex Extension();

    [GeneratedRegex(@"(?<!\w)(?<name>[A-Z]\w*)")]
    private static partial Regex Identifier();

    [GeneratedRegex(@"\.(?<name>\w+)(?:<[^()<>]*>)?\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bTensor\b")]
    private static partial Regex TensorType();
}
