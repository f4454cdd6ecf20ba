namespace Microsoft.ML.Regularization.Tensors;

/// <summary>
/// While any of these is not disposed, the process keeps the native memory that it frees, for what it allocates next; with the last one, free memory goes back
/// to the system. See <see cref="NeuralNetworkOptions.KeepMemory"/>.
/// </summary>
internal sealed class KeptMemory : IDisposable
{
    private static readonly Lock Gate = new();
    private static int _holders;
    private static bool _isKept;

    private bool _isHeld = true;

    private KeptMemory()
    {
    }

    /// <summary>Those that are not disposed.</summary>
    public static int Holders
    {
        get
        {
            lock (Gate)
                return _holders;
        }
    }

    public static KeptMemory Hold()
    {
        lock (Gate)
        {
            if (_holders++ == 0)
                _isKept = GlibcAllocator.TryKeepFreed();
        }

        return new KeptMemory();
    }

    public void Dispose()
    {
        lock (Gate)
        {
            if (!_isHeld)
                return;

            _isHeld = false;
            if (--_holders == 0 && _isKept)
                GlibcAllocator.GiveFreedBack();
        }
    }
}
