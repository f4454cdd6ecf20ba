using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Rows that can be iterated many times and are the same each time: the training rows of one epoch, or the validation rows.</summary>
internal abstract class Dataset
{
    /// <summary>How many rows there are.</summary>
    public abstract long Count { get; }

    /// <summary>A pass over the rows in their own order.</summary>
    public abstract DataLoader InOrder(int batchSize);

    /// <summary>A pass over the rows in the random order that a <see cref="ShufflePool"/> gives them.</summary>
    /// <param name="key">Names the order, together with the epoch.</param>
    /// <param name="epoch">Gives each epoch an order of its own.</param>
    /// <param name="batchSize">Rows of a batch.</param>
    /// <param name="needsTwoRows">Whether no batch may be of a single row: see <see cref="Sampler.Cut"/>.</param>
    /// <param name="dropsIncomplete">Whether a last batch of fewer rows is left out, unless there is no other.</param>
    public abstract DataLoader Shuffled(RandomKey key, int epoch, int batchSize, bool needsTwoRows, bool dropsIncomplete = false);

    /// <summary>All rows, or at least <paramref name="most"/> of them that are evenly spread.</summary>
    public abstract RowTable Sample(int most);
}
