using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>
/// Sets a share of the training rows aside for validation, of each class, by their ids, so that every pass sets the same ones aside. All rows of a
/// regression are of one class here.
/// </summary>
internal sealed class ValidationFraction(double fraction, RandomKey key)
{
    private readonly RandomKey _classes = key.Derive("classes");
    private HeldOutRows _chosen = new(fraction, []);

    public bool Contains(DataViewRowId id) => _chosen.Contains(id, Draw(id));

    /// <summary>Chooses the share from each class: see <see cref="HoldOutOptions.StratificationColumnName"/>.</summary>
    /// <param name="rows">Passes over all rows, by their id and class.</param>
    public void Choose(Func<IEnumerable<(DataViewRowId Id, int Class)>> rows) => _chosen = Choose(rows(), prunes: true) ?? Choose(rows(), prunes: false)!;

    private HeldOutRows? Choose(IEnumerable<(DataViewRowId Id, int Class)> rows, bool prunes)
    {
        var strata = new Stratification(fraction, label => new KeyedStream(_classes, label).NextDouble(), prunes);
        foreach (var (id, label) in rows)
            strata.Add((ulong)label, Draw(id), id);
        return strata.Thresholds() is { } thresholds ? strata.Rows(thresholds) : null;
    }

    private double Draw(DataViewRowId id) => new KeyedStream(key, id).NextDouble();
}
