using System.Reflection;
using System.Text.RegularExpressions;

namespace Microsoft.ML.Regularization.Tests.Contract;

/// <summary>The folders of the library are floors: code names only types of its own floor and of those below.</summary>
[TestClass]
public sealed partial class RoomsTests
{
    private static readonly string[][] Floors =
    [
        [
            "Foundation", "MLNet", "Arithmetic", "Randomness", "Inputs", "Augmentation", "Tokenization", "Splitting", "Tensors", "Regularizers", "Networks", "Tasks",
            "Training", "Scoring",
        ],
        ["Trainers"], ["Catalogs"],
    ];

    private static string Source =>
        typeof(RoomsTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "LibrarySource").Value!;

    [TestMethod]
    public void Every_folder_is_a_floor() =>
        CollectionAssert.AreEquivalent(
            Floors.SelectMany(rooms => rooms).ToList(),
            Directory.GetDirectories(Source).Select(folder => Path.GetFileName(folder)!).Where(name => name is not ("bin" or "obj")).ToList());

    [TestMethod]
    public void No_floor_names_a_type_of_a_floor_above()
    {
        var files = Floors.SelectMany((rooms, floor) => rooms.SelectMany(room =>
            Directory.GetFiles(Path.Combine(Source, room), "*.cs", SearchOption.AllDirectories).Select(path => (Floor: floor, Path: path, Code: CodeOf(path))))).ToList();
        var floorOf = files.SelectMany(file => Declaration().Matches(file.Code).Select(match => (Type: match.Groups["name"].Value, file.Floor)))
            .DistinctBy(declared => declared.Type).ToDictionary(declared => declared.Type, declared => declared.Floor);
        Assert.IsGreaterThan(60, floorOf.Count);

        var violations = files.SelectMany(file => Identifier().Matches(file.Code).Select(match => match.Value).Distinct()
            .Where(name => floorOf.TryGetValue(name, out var floor) && floor > file.Floor)
            .Select(name => $"{Path.GetRelativePath(Source, file.Path)} names {name}"));
        Assert.IsEmpty(violations, string.Join(Environment.NewLine, violations));
    }

    // Comments and text name things freely.
    private static string CodeOf(string path) => Text().Replace(Comment().Replace(File.ReadAllText(path), ""), "");

    [GeneratedRegex(@"^\s*(?:\[[^\]]*\]\s*)?(?:public|internal) [\w ]*?(?:class|record struct|record|struct|interface|enum) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w+\b")]
    private static partial Regex Identifier();

    [GeneratedRegex("//.*")]
    private static partial Regex Comment();

    [GeneratedRegex("\"(?:[^\"\\\\\n]|\\\\.)*\"")]
    private static partial Regex Text();
}
