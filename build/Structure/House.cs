namespace Microsoft.ML.Regularization.Structure;

/// <summary>The library's files, and who names whom.</summary>
internal sealed class House
{
    private readonly Declarations _declarations;
    private readonly IReadOnlyList<Use> _types;

    private House(IReadOnlyList<SourceFile> files)
    {
        Files = files;
        _declarations = new Declarations(files);
        _types = [.. files.SelectMany(_declarations.TypesNamedBy)];
        Uses = [.. _types, .. files.SelectMany(_declarations.ExtensionsCalledBy)];
    }

    public IReadOnlyList<SourceFile> Files { get; }

    public IReadOnlyList<Use> Uses { get; }

    /// <summary>One use for each pair of files of which the first stands in a room before the second's.</summary>
    public IReadOnlyList<Use> UpwardArrows => [.. Uses.Where(use => Rooms.IsUpwards(use.From.Room, use.To.Room)).DistinctBy(use => (use.From, use.To))];

    public IReadOnlyList<IReadOnlyList<string>> CirclesOfFiles => Circles.Of(Uses.Select(use => (use.From.Path, use.To.Path)));

    public IReadOnlyList<IReadOnlyList<string>> CirclesOfFolders =>
        Circles.Of(Uses.Select(use => (use.From.Folder, use.To.Folder)).Where(arrow => arrow.Item1 != arrow.Item2));

    /// <summary>How many types of other files each file names, the largest number first.</summary>
    public IReadOnlyList<(SourceFile File, int Types)> FanOut =>
        [.. _types.GroupBy(use => use.From).Select(uses => (uses.Key, uses.Select(use => use.Name).Distinct().Count())).OrderByDescending(fan => fan.Item2)];

    /// <summary>The files that declare a type at their top level.</summary>
    public IEnumerable<SourceFile> FilesOf(string type) => _declarations.FilesOf(type);

    public static House Read(string library)
    {
        var folders = Directory.GetDirectories(library).Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"));
        var paths = folders.SelectMany(folder => Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories)).Select(path => Path.GetRelativePath(library, path));
        return new House([.. paths.Order(StringComparer.Ordinal).Select(path => SourceFile.Read(library, path))]);
    }
}
