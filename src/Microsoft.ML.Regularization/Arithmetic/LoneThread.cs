namespace Microsoft.ML.Regularization.Arithmetic;

/// <summary>
/// Until it is disposed, the thread that made it does all its works by itself, so that several threads compute at the same time without waiting for each
/// other. Works give the same bits either way.
/// </summary>
internal readonly struct LoneThread : IDisposable
{
    [ThreadStatic]
    private static int t_holders;

    /// <summary>Whether the calling thread holds one.</summary>
    public static bool IsHeld => t_holders > 0;

    internal static LoneThread Hold()
    {
        t_holders++;
        return default;
    }

    public void Dispose() => t_holders--;
}
