namespace Microsoft.ML.Regularization.Foundation;

/// <summary>A file that one holder has at a time. The operating system lets it go when its holder dies; that the file exists has no meaning.</summary>
internal static class LockFile
{
    /// <summary>Takes a lock, and makes its folder where that is missing.</summary>
    /// <returns>The lock, which ends when it is disposed of; null where somebody else has it.</returns>
    /// <exception cref="IOException">The file cannot be made or opened; the message names it.</exception>
    public static FileStream? TryTake(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The file '{path}' could not be opened: {exception.Message}", exception);
        }
    }

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION, or EWOULDBLOCK of Linux and of macOS: .NET has no exception of its own for them.
    private static bool IsHeld(IOException exception) => OperatingSystem.IsWindows() ? (exception.HResult & 0xFFFF) is 32 or 33 : exception.HResult is 11 or 35;
}
