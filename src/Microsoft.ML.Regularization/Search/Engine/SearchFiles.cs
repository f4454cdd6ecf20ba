namespace Microsoft.ML.Regularization.Search;

/// <summary>Removes what a search needs no more. Files that cannot be deleted do no harm.</summary>
internal static class SearchFiles
{
    /// <summary>Deletes the checkpoints and models of all trials but one.</summary>
    public static void DeleteTrials(string search, int but)
    {
        var kept = TrialFolder.PathOf(search, but);
        var trials = Path.GetDirectoryName(kept)!;
        if (!Directory.Exists(trials))
            return;
        foreach (var folder in Directory.GetDirectories(trials).Where(folder => folder != kept))
            Delete(folder);
    }

    public static void Delete(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A worker that was taken for dead may still write into it.
        }
    }
}
