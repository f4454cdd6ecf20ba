using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Sets a share of the training rows aside for validation, by their ids, so that every pass sets the same ones aside.</summary>
internal sealed class ValidationFraction(double fraction, RandomKey key)
{
    private HashSet<DataViewRowId>? _chosen;

    /// <summary>Whether a row is set aside: by chance alone, unless rows in memory were chosen by their classes.</summary>
    public bool Contains(DataViewRowId id) => _chosen?.Contains(id) ?? Draw(id) < fraction;

    /// <summary>
    /// Chooses the share from each class, at least one row and not all of them. All rows of a regression are of one class here.
    /// </summary>
    /// <param name="training">The rows; those that are chosen move to the validation rows.</param>
    /// <param name="ids">The rows' ids.</param>
    /// <param name="hasClasses">Whether the rows are of classes.</param>
    /// <param name="validation">Where the chosen rows go.</param>
    /// <returns>The rows that are left.</returns>
    public RowTable SetAside(RowTable training, List<DataViewRowId> ids, bool hasClasses, RowTable validation)
    {
        var chosen = Enumerable.Range(0, training.Count)
            .GroupBy(row => hasClasses ? training.MostProbableClass(row) : 0)
            .SelectMany(rows => rows
                .OrderBy(row => Draw(ids[row]))
                .Take(rows.Count() == 1 ? 0 : Math.Clamp((int)Math.Round(fraction * rows.Count()), 1, rows.Count() - 1)))
            .ToHashSet();

        _chosen = [.. chosen.Select(row => ids[row])];
        var rest = new RowTable(training.FeatureCount, training.TargetSize);
        for (var row = 0; row < training.Count; row++)
            (chosen.Contains(row) ? validation : rest).Add(training, row);
        return rest;
    }

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

    private double Draw(DataViewRowId id) => new KeyedStream(key, id).NextDouble();
}
