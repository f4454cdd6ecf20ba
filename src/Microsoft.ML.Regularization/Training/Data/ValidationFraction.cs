using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

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

    /// <summary>Refuses rows that cannot be set aside honestly, and warns of those that may mislead.</summary>
    public void Check(IHost host, IChannel channel, IDataView view)
    {
        if (Upstream.Of(view).OfType<AugmentedView>().FirstOrDefault(augmented => augmented.RepeatsRows) is { } pairs)
        {
            throw host.ExceptUserArg(nameof(ValidationFraction), string.Create(
                CultureInfo.InvariantCulture,
                $"ValidationFraction is {fraction}, but {pairs.AugmentationName} writes rows more than once, and one of several alike would validate "
                + $"another. Put ml.Transforms.HoldOut before {pairs.AugmentationName}, or give a ValidationSet."));
        }

        AugmentationNotices.ReportAugmentedValidation(channel, view);
    }

    private HeldOutRows? Choose(IEnumerable<(DataViewRowId Id, int Class)> rows, bool prunes)
    {
        var strata = new Stratification(fraction, label => new KeyedStream(_classes, label).NextDouble(), prunes);
        foreach (var (id, label) in rows)
            strata.Add((ulong)label, Draw(id), id);
        return strata.Thresholds() is { } thresholds ? strata.Rows(thresholds) : null;
    }

    private double Draw(DataViewRowId id) => new KeyedStream(key, id).NextDouble();
}
