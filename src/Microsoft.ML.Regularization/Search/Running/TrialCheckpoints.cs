using System.Text.Json;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Search;

/// <summary>The checkpoints in a trial's folder: those to go on from, and copies of those that ended the stretch before, in case that they are damaged.</summary>
internal static class TrialCheckpoints
{
    private const string Kept = "kept";

    /// <summary>Whether a folder has checkpoints.</summary>
    public static bool Exist(string folder) => FilesOf(folder).Length > 0;

    /// <summary>Keeps what a stretch of training ended with.</summary>
    /// <exception cref="IOException">There is no room.</exception>
    public static void Keep(string folder) => Copy(folder, Path.Combine(folder, Kept));

    /// <summary>Where checkpoints are damaged or gone, puts those of the stretch before in their place, or none where these are damaged too.</summary>
    /// <returns>What was wrong, and where training goes on from; null where nothing was.</returns>
    /// <exception cref="IOException">Files cannot be read or written.</exception>
    public static string? Mend(string folder)
    {
        var kept = Path.Combine(folder, Kept);
        var files = FilesOf(folder);
        if (files.Length == 0 ? !Exist(kept) : files.All(IsWhole))
            return null;
        var what = files.Length == 0 ? $"The checkpoint in '{folder}' was gone" : $"The checkpoint '{Array.Find(files, file => !IsWhole(file))}' was damaged";
        Array.ForEach(files, File.Delete);
        if (!Exist(kept) || !FilesOf(kept).All(IsWhole))
            return what + ", and the trial was trained anew.";
        Copy(kept, folder);
        return what + ", and the trial went on from the end of its stretch before.";
    }

    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in FilesOf(from))
        {
            var copy = Path.Combine(to, Path.GetFileName(file));
            File.Copy(file, copy + ".tmp", overwrite: true);
            File.Move(copy + ".tmp", copy, overwrite: true);
        }
    }

    // The weights of the best epoch are for other programs.
    private static string[] FilesOf(string folder) =>
        Directory.Exists(folder) ? [.. Directory.GetFiles(folder, "*.safetensors").Where(file => Path.GetFileName(file) != "best.safetensors").Order(StringComparer.Ordinal)] : [];

    private static bool IsWhole(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            CheckpointFile.Read(file);
            return true;
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException)
        {
            return false;
        }
    }
}
