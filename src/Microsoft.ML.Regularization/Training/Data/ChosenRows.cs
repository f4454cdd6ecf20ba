using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Some of the rows of a table.</summary>
/// <param name="table">All rows.</param>
/// <param name="rows">Which of them.</param>
internal sealed class ChosenRows(RowTable table, int[] rows) : Dataset
{
    public override long Count => rows.Length;

    public override DataLoader InOrder(int batchSize) => new MemoryDataLoader(table, rows, batchSize, needsTwoRows: false);

    public override DataLoader Shuffled(RandomKey key, int epoch, int batchSize, bool needsTwoRows, bool dropsIncomplete = false) =>
        new MemoryDataLoader(table, [.. Sampler.Shuffle(rows.Length, key, epoch).Select(place => rows[place])], batchSize, needsTwoRows, dropsIncomplete);

    public override RowTable Sample(int most)
    {
        var sample = new RowTable(table.FeatureCount, table.TargetSize, table.IsSparse);
        var size = Math.Min(most, rows.Length);
        for (var i = 0; i < size; i++)
            sample.Add(table, rows[(int)((long)i * rows.Length / size)]);
        return sample;
    }
}
