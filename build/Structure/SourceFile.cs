namespace Microsoft.ML.Regularization.Structure;

/// <summary>A file of the library: its path below the library's folder with forward slashes, its code without comments and texts, and its number of lines.</summary>
internal sealed record SourceFile(string Path, string Code, int Lines)
{
    /// <summary>The folder that holds the file: a room or one of its sub-rooms.</summary>
    public string Folder { get; } = Path.Contains('/') ? Path[..Path.LastIndexOf('/')] : "";

    public string Room { get; } = Path.Split('/')[0];

    public static SourceFile Read(string library, string path)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(library, path));
        return new SourceFile(path.Replace('\\', '/'), BareCode.Of(text), text.Count(character => character == '\n'));
    }
}
