using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Rows that are all in memory.</summary>
/// <param name="table">The rows.</param>
/// <param name="poolRows">Rows of the shuffle pool.</param>
internal sealed class MemoryDataset(RowTable table, int poolRows = int.MaxValue) : Dataset
{
    public RowTable Table => table;

    public override long Count => table.Count;

    public override DataLoader InOrder(int batchSize) => new MemoryDataLoader(table, order: null, batchSize, needsTwoRows: false);

    public override DataLoader Shuffled(RandomKey key, int epoch, int batchSize, bool needsTwoRows, bool dropsIncomplete = false) =>
        new MemoryDataLoader(table, Sampler.Shuffle(table.Count, key, epoch, poolRows), batchSize, needsTwoRows, dropsIncomplete);

    public override RowTable Sample(int most) => table;
}
