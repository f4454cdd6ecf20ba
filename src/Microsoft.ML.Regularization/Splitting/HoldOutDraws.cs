using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>The uniform number that decides whether a row, or all rows of a group, are held out: the smallest are.</summary>
internal sealed class HoldOutDraws(int seed)
{
    private readonly RandomKey _rows = RandomKey.FromSeed(seed).Derive("hold out");
    private readonly RandomKey _groups = RandomKey.FromSeed(seed).Derive("hold out groups");
    private readonly RandomKey _classes = RandomKey.FromSeed(seed).Derive("hold out classes");

    public double OfRow(DataViewRowId id) => new KeyedStream(_rows, id).NextDouble();

    /// <param name="group">The hash of the group's value.</param>
    public double OfGroup(ulong group) => new KeyedStream(_groups, group).NextDouble();

    /// <param name="label">The hash of the class.</param>
    public double OfClass(ulong label) => new KeyedStream(_classes, label).NextDouble();
}
