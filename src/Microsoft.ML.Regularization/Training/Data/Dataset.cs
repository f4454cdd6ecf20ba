namespace Microsoft.ML.Regularization;

/// <summary>The rows of an epoch, or those to validate on: they can be gone through again and again, and are the same each time.</summary>
internal abstract class Dataset
{
    public abstract long Count { get; }

    /// <summary>Batches in the rows' own order.</summary>
    public abstract DataLoader InOrder(int batchSize);

    /// <summary>Batches in the order of a <see cref="ShufflePool"/>.</summary>
    public abstract DataLoader Shuffled(RandomKey key, int epoch, int batchSize, bool needsTwoRows);

    /// <summary>All rows, or at least <paramref name="most"/> of them that are evenly spread.</summary>
    public abstract RowTable Sample(int most);
}
