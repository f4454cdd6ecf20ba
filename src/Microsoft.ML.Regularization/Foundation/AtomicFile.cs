namespace Microsoft.ML.Regularization.Foundation;

/// <summary>
/// Replaces a file as a whole: what is new goes into a temporary file in the same folder and onto the disk, and then takes the file's name. Whoever is
/// killed or fails on the way leaves the file that was there.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Replaces a file by some bytes.</summary>
    /// <exception cref="IOException">It could not be written, whatever the reason, and the message names it; the file that was there is whole.</exception>
    public static void Replace(string path, byte[] content) =>
        Replace(path, $"{path}.{Path.GetRandomFileName()}.tmp", file => file.Write(content), through: file => file);

    /// <param name="path">The file.</param>
    /// <param name="temporary">The temporary file, which nobody else writes to meanwhile; in the same folder.</param>
    /// <param name="write">Writes what is new.</param>
    /// <param name="through">What stands between the writer and the file.</param>
    /// <exception cref="IOException">It could not be written, whatever the reason, and the message names it; the file that was there is whole.</exception>
    public static void Replace(string path, string temporary, Action<Stream> write, Func<Stream, Stream> through)
    {
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                using var stream = through(file);
                write(stream);
                stream.Flush();
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception)
        {
            Delete(temporary);

            // A folder that is missing has an exception of its own. .NET throws the last one if the limit on a file's size is reached, rather than the disk's.
            if (exception.GetType() == typeof(IOException) || exception is UnauthorizedAccessException or ArgumentOutOfRangeException)
                throw new IOException($"The file '{path}' could not be written: {exception.Message}", exception);
            throw;
        }
    }

    private static void Delete(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Its folder is gone, or cannot be written to any more: why writing failed is what counts.
        }
    }
}
