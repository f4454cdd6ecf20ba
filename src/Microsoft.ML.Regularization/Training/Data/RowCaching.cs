namespace Microsoft.ML.Regularization.Training;

/// <summary>Whether rows are kept in memory, and how they are shuffled.</summary>
internal sealed record RowCaching
{
    public const int DefaultPoolRows = 1 << 16;

    public const double Megabyte = 1 << 20;

    // Besides the rows there are the order of an epoch, validation rows for a moment twice, and the network.
    private const int ShareOfMemory = 2;

    public DataCaching Mode { get; init; } = DataCaching.Auto;

    /// <summary>Bytes of rows that <see cref="DataCaching.Auto"/> keeps in memory; null for a share of what there is.</summary>
    public long? Budget { get; init; }

    public long EffectiveBudget => Budget ?? GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory;

    /// <summary>See <see cref="NeuralNetworkOptions.ShufflePoolRows"/>.</summary>
    public int PoolRows { get; init; } = DefaultPoolRows;

    /// <summary>The pool of rows in memory, which holds all of them by default.</summary>
    public int CachedPoolRows { get; init; } = int.MaxValue;

    /// <summary>Whether the ids of rows in memory are kept.</summary>
    public bool KeepsIds { get; init; }

    /// <summary>Whether rows are read on a thread of their own while those before are trained on. It changes nothing but the time that takes.</summary>
    public bool Prefetches { get; init; } = true;
}
