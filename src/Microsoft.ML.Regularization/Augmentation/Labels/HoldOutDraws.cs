using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>The uniform number that decides whether a row, or all rows of a group, are held out: the smallest are.</summary>
internal sealed class HoldOutDraws(int seed)
{
    private readonly RandomKey _rows = RandomKey.FromSeed(seed).Derive("hold out");
    private readonly RandomKey _groups = RandomKey.FromSeed(seed).Derive("hold out groups");

    public double OfRow(DataViewRowId id) => new KeyedStream(_rows, id).NextDouble();

    /// <param name="group">The hash of the group's value.</param>
    public double OfGroup(ulong group) => new KeyedStream(_groups, group).NextDouble();
}
