using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>The pages of the repository, and the sources that they show pieces of.</summary>
internal static class Repository
{
    public static string Root { get; } =
        typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "Repository").Value!;

    public static IEnumerable<string> Pages => [Path.Combine(Root, "README.md"), .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Order(StringComparer.Ordinal)];

    public static IEnumerable<string> Sources =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, "tests", "Microsoft.ML.Regularization.Tests", "Documentation"), "*Snippets.cs"),
        .. Directory.EnumerateDirectories(Path.Combine(Root, "examples")).SelectMany(folder => Directory.EnumerateFiles(folder, "*.cs")),
        .. Directory.EnumerateFiles(Path.Combine(Root, "examples"), "*.cs"),
    ];
}
