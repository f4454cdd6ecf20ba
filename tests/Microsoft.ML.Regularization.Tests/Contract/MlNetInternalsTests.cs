using System.Reflection;

namespace Microsoft.ML.Regularization.Tests.Contract;

/// <summary>
/// Lists every internal of ML.NET that the library relies on, with its signature. What the compiled library refers to is looked up in the ML.NET that runs and
/// compared with the list: an upgrade that takes one away, or changes it, fails here, by name, before anything else.
/// </summary>
[TestClass]
public sealed class MlNetInternalsTests
{
    private static readonly Assembly Library = typeof(MixupOptions).Assembly;

    private static readonly string List = Path.Combine("Contract", "MlNetInternals.txt");

    private static readonly Lazy<IReadOnlyList<(string User, string Internal)>> Found = new(() => LibraryReferences.Find(
        Library,
        new MlNetDefinitions(Directory.GetFiles(Path.GetDirectoryName(Library.Location)!, "Microsoft.ML.*.dll")
            .Where(path => !Path.GetFileName(path).StartsWith("Microsoft.ML.Regularization", StringComparison.Ordinal)))));

    [TestMethod]
    public void The_list_is_what_the_library_relies_on()
    {
        var used = Found.Value.Select(use => use.Internal).Distinct().Order(StringComparer.Ordinal).ToList();
        var missing = used.Where(line => line.EndsWith("[missing]", StringComparison.Ordinal)).ToList();
        Assert.IsEmpty(missing, $"the library was compiled for what this ML.NET lacks:{Lines(missing)}");

        var listed = File.ReadAllLines(List);
        if (used.SequenceEqual(listed))
            return;
        File.WriteAllLines("MlNetInternals.actual.txt", used);
        Assert.Fail(
            $"{List} must lose:{Lines(listed.Except(used))}{Environment.NewLine}and gain:{Lines(used.Except(listed))}{Environment.NewLine}"
            + $"{Path.GetFullPath("MlNetInternals.actual.txt")} is the right list.");
    }

    [TestMethod]
    public void Only_one_room_uses_more_than_words()
    {
        var users = Found.Value.Where(use => !MlNetUsers.Vocabulary.Contains(use.Internal.Split(" [")[0].Split("::")[0]))
            .Select(use => (File: HouseSources.Library.FilesOf(use.User).FirstOrDefault(), use.Internal))
            .Where(use => use.File is { Room: not "MLNet" }).ToLookup(use => use.File!.Path, use => use.Internal);
        var others = users.Where(uses => !MlNetUsers.Exceptions.ContainsKey(uses.Key)).SelectMany(uses => uses.Select(used => $"{uses.Key} uses {used}"));
        Assert.IsEmpty(others, Lines(others));
        Assert.IsEmpty(MlNetUsers.Exceptions.Keys.Where(path => !users.Contains(path)), "these files are exceptions no longer");
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(line => Environment.NewLine + line));
}
