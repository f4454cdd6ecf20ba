namespace Microsoft.ML.Regularization.Networks;

/// <summary>A torch module that many threads compute with. Its memory is freed when its owner and the last of them have let go of it.</summary>
internal sealed class SharedNetwork(Network network, bool hasNoise)
{
    // The owner's, and one for each computation that is under way.
    private int _holders = 1;

    public Network Network { get; } = network;

    /// <summary>Whether a draw of the noise can change anything.</summary>
    public bool HasNoise { get; } = hasNoise;

    /// <summary>Keeps the memory until <see cref="Release"/>; false where it is freed already.</summary>
    public bool TryHold()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (seen == holders)
                return true;
            holders = seen;
        }

        return false;
    }

    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            Network.Dispose();
    }
}
