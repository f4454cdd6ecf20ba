namespace Microsoft.ML.Regularization.Augmentation;

/// <summary>The features of a vector: each is one slot, or all slots of a one-hot block.</summary>
/// <param name="starts">The first slot of each unit, and the number of slots behind them all.</param>
/// <param name="isBlock">For each unit whether it is a one-hot block.</param>
internal sealed class FeatureUnits(int[] starts, bool[] isBlock)
{
    public int Count => isBlock.Length;

    public bool IsBlock(int unit) => isBlock[unit];

    public (int Start, int End) Slots(int unit) => (starts[unit], starts[unit + 1]);

    /// <summary>The units of which some slot is chosen: a block is never torn.</summary>
    public int[] Chosen(FeatureColumn column) =>
        [.. Enumerable.Range(0, Count).Where(unit => Enumerable.Range(starts[unit], starts[unit + 1] - starts[unit]).Any(column.IsChosen))];
}
