using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Finds the images in a folder, and those among them that cannot be decoded.</summary>
internal static class ImageFolder
{
    // How many a message names; the others are counted.
    private const int NamedFiles = 10;

    private static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase) { ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".webp" };

    private static readonly EnumerationOptions AllFiles = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.System };

    /// <summary>The images, ordered by label and path.</summary>
    public static ImageFile[] Load(IHost host, IChannel channel, ImageFolderOptions options)
    {
        if (!Directory.Exists(options.Folder))
            throw host.ExceptUserArg(nameof(options.Folder), $"Folder '{options.Folder}' does not exist.");

        var (images, others) = Find(options.Folder);
        if (others.Count > 0)
            channel.Warning($"Left out {Count(others.Count, "file")} of '{options.Folder}' that are not images in a subfolder: {Name(others)}.");
        foreach (var empty in Directory.GetDirectories(options.Folder).Where(folder => !images.Exists(image => image.Label == Path.GetFileName(folder))))
            channel.Warning($"There is no image in '{empty}', so there is no label '{Path.GetFileName(empty)}'.");

        var sound = options.ChecksImages ? Check(host, channel, options, images) : [.. images];
        if (sound.Length == 0)
        {
            throw host.ExceptUserArg(
                nameof(options.Folder),
                $"Folder '{options.Folder}' has no image in a subfolder. Each subfolder is a label, such as '{Path.Combine(options.Folder, "cat", "1.jpg")}'.");
        }

        channel.Info($"'{options.Folder}' has {Count(sound.Length, "image")} of {Count(sound.Select(image => image.Label).Distinct().Count(), "label")}.");
        return sound;
    }

    private static (List<ImageFile> Images, List<string> Others) Find(string folder)
    {
        var (images, others) = (new List<ImageFile>(), new List<string>());
        foreach (var path in Directory.EnumerateFiles(folder, "*", AllFiles).Order(StringComparer.Ordinal))
        {
            var parts = Path.GetRelativePath(folder, path).Split(Path.DirectorySeparatorChar);
            if (parts.Length > 1 && Endings.Contains(Path.GetExtension(path)))
                images.Add(new ImageFile(path, parts[0]));
            else
                others.Add(path);
        }

        return (images, others);
    }

    private static ImageFile[] Check(IHost host, IChannel channel, ImageFolderOptions options, List<ImageFile> images)
    {
        var faults = new string?[images.Count];
        Parallel.For(0, images.Count, i => faults[i] = images[i].FindFault());
        var unreadable = images.Zip(faults).Where(pair => pair.Second is not null).Select(pair => $"'{pair.First.Path}' {pair.Second}").ToList();
        if (unreadable.Count == 0)
            return [.. images];

        var message = $"{Count(unreadable.Count, "image")} of {images.Count} cannot be decoded: {Name(unreadable)}.";
        if (options.UnreadableImages == UnreadableImages.Refuse)
        {
            throw host.ExceptUserArg(
                nameof(options.UnreadableImages), $"{message} Mend or remove them, or leave them out by {nameof(UnreadableImages)}.{nameof(UnreadableImages.Skip)}.");
        }

        channel.Warning($"Left out: {message}");
        return [.. images.Where((_, i) => faults[i] is null)];
    }

    private static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static string Name(List<string> names) =>
        string.Join(", ", names.Take(NamedFiles)) + (names.Count > NamedFiles ? $" and {names.Count - NamedFiles} more" : "");
}
