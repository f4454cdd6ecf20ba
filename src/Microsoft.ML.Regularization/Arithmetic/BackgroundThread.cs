namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>Threads that make things faster, and that can be done without.</summary>
internal static class BackgroundThread
{
    /// <summary>The thread, running; null where the system has none left to give.</summary>
    /// <param name="name">For debuggers.</param>
    /// <param name="body">What it does.</param>
    public static Thread? TryStart(string name, ThreadStart body)
    {
        var thread = new Thread(body) { Name = name, IsBackground = true };
        try
        {
            thread.Start();
            return thread;
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            return null;
        }
    }
}
