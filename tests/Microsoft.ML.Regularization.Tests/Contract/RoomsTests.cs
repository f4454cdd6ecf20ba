using System.Text.RegularExpressions;
using Microsoft.ML.Regularization.Structure;

namespace Microsoft.ML.Regularization.Tests.Contract;

/// <summary>
/// The folders of the library are rooms, one on top of the other: code names only types of its own room and of those below.
/// <c>dotnet run --project build/Structure</c> prints the figures behind a failure.
/// </summary>
[TestClass]
public sealed partial class RoomsTests
{
    private static House Sources => HouseSources.Library;

    [TestMethod]
    public void Every_folder_is_a_room() =>
        CollectionAssert.AreEquivalent(Rooms.FromTheGroundUp.ToList(), Sources.Files.Select(file => file.Room).Distinct().ToList());

    [TestMethod]
    public void No_room_names_a_type_of_a_room_above()
    {
        var arrows = Sources.UpwardArrows;
        Assert.IsLessThanOrEqualTo(HouseLimits.UpwardArrows, arrows.Count, string.Join(Environment.NewLine, arrows));
    }

    [TestMethod]
    public void Folders_form_no_circle() => AreSmall(Sources.CirclesOfFolders, HouseLimits.CircleOfFolders);

    [TestMethod]
    public void Files_form_no_large_circle() => AreSmall(Sources.CirclesOfFiles, HouseLimits.CircleOfFiles);

    [TestMethod]
    public void No_file_names_many_types()
    {
        var (file, types) = Sources.FanOut[0];
        Assert.IsLessThanOrEqualTo(HouseLimits.FanOut, types, file.Path);
    }

    [TestMethod]
    public void No_file_is_long_but_catalogs()
    {
        var longest = Sources.Files.Where(file => file.Room != "Catalogs").MaxBy(file => file.Lines)!;
        Assert.IsLessThanOrEqualTo(HouseLimits.Lines, longest.Lines, longest.Path);
    }

    [TestMethod]
    public void Internal_types_have_the_namespace_of_their_room()
    {
        var found = from type in typeof(MixupOptions).Assembly.GetTypes()
                    where !type.IsNested && !type.IsPublic && type.Namespace?.StartsWith("Microsoft.ML.Regularization", StringComparison.Ordinal) == true
                    let file = Sources.FilesOf(type.Name.Split('`')[0]).FirstOrDefault()
                    where file is not null && !PublicType().IsMatch(file.Code)
                    select (type, Expected: "Microsoft.ML.Regularization." + file.Room);
        var strays = found.Where(one => one.type.Namespace != one.Expected).Select(one => $"{one.type} belongs to {one.Expected}").ToList();
        Assert.IsGreaterThan(400, found.Count());
        Assert.IsEmpty(strays, string.Join(Environment.NewLine, strays));
    }

    // A file has one namespace, and that of public types is the library's.
    [GeneratedRegex("^public ", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    private static void AreSmall(IReadOnlyList<IReadOnlyList<string>> circles, int limit)
    {
        if (circles is [var largest, ..])
            Assert.IsLessThanOrEqualTo(limit, largest.Count, string.Join(", ", largest));
    }
}
