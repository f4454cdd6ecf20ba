using System.Text.RegularExpressions;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>Every relative link of a page leads to a file of the repository and, where it names one, to a heading in it.</summary>
[TestClass]
public sealed partial class LinksTests
{
    private static IEnumerable<object[]> Pages => Repository.Pages.Select(page => new object[] { Path.GetRelativePath(Repository.Root, page) });

    [TestMethod]
    [DynamicData(nameof(Pages))]
    public void Links_lead_somewhere(string page)
    {
        var path = Path.Combine(Repository.Root, page);
        foreach (Match link in Link().Matches(WithoutCode(File.ReadAllText(path))))
        {
            var parts = link.Groups["target"].Value.Split('#');
            var target = parts[0].Length == 0 ? path : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, parts[0]));
            Assert.IsTrue(File.Exists(target) || Directory.Exists(target), $"{page}: {link.Value}");
            if (parts.Length == 2)
                Assert.Contains(parts[1], Headings(target), $"{page}: {link.Value}");
        }
    }

    private static List<string> Headings(string page) =>
        [.. Heading().Matches(WithoutCode(File.ReadAllText(page))).Select(heading => NotInAnchor().Replace(heading.Groups["text"].Value.ToLowerInvariant(), "").Replace(' ', '-'))];

    private static string WithoutCode(string page) => Code().Replace(page, "");

    [GeneratedRegex(@"\]\((?!\w+:)(?<target>[^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"^#+ (?<text>.+)$", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchor();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();
}
