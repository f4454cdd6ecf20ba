using System.Text.RegularExpressions;
using Microsoft.ML.Regularization.Structure;
using Microsoft.ML.Regularization.Tests.Contract;

namespace Microsoft.ML.Regularization.Tests.Documentation;

/// <summary>What the contributing page says about the library's folders and files is so.</summary>
[TestClass]
public sealed partial class ContributingTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "contributing.md"));
    private static readonly HashSet<string> TestFiles =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "Microsoft.ML.Regularization.Tests"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetFileNameWithoutExtension(path)!),
    ];

    [TestMethod]
    public void It_lists_the_rooms_from_the_ground_up() =>
        CollectionAssert.AreEqual(Rooms.FromTheGroundUp.ToList(), RowsOf("| folder |").SelectMany(row => Words(row.Split('|')[1])).ToList());

    [TestMethod]
    public void Folders_and_lists_to_touch_exist()
    {
        var files = HouseSources.Library.Files;
        var folders = files.Select(file => file.Folder).ToHashSet();
        var names = files.Select(file => Path.GetFileNameWithoutExtension(file.Path)).ToHashSet();
        var rows = RowsOf("| to add |").Select(row => row.Split('|')).ToList();
        Assert.IsNotEmpty(rows);
        foreach (var row in rows)
        {
            foreach (var folder in Words(row[2]))
                Assert.IsTrue(folders.Any(found => found == folder || found.StartsWith(folder + "/", StringComparison.Ordinal)), folder);
            foreach (var list in Words(row[3]))
                Assert.Contains(list, names);
            foreach (var cases in Words(row[4]))
                Assert.Contains(cases, TestFiles);
        }
    }

    [TestMethod]
    public void Protocols_and_tests_that_it_names_exist()
    {
        var named = Lines.SelectMany(Words).Select(word => word.Split('.')[0]).Where(word => word.EndsWith("Protocol", StringComparison.Ordinal) || word.EndsWith("Tests", StringComparison.Ordinal));
        foreach (var name in named)
            Assert.Contains(name, TestFiles);
    }

    private static IEnumerable<string> RowsOf(string heading) =>
        Lines.SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'));

    private static IEnumerable<string> Words(string text) => Code().Matches(text).Select(match => match.Groups["word"].Value);

    [GeneratedRegex("`(?<word>[^`]+)`")]
    private static partial Regex Code();
}
