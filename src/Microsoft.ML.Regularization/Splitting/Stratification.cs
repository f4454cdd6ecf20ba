using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>Finds in each of many classes the rows or groups of the least draws, as many as are its share.</summary>
/// <param name="share">The share of each class, above 0 and below 1.</param>
/// <param name="drawOfClass">A uniform number for each class, which decides between classes that are alike.</param>
/// <param name="prunes">See <see cref="ShareThreshold"/>.</param>
internal sealed class Stratification(double share, Func<ulong, double> drawOfClass, bool prunes)
{
    // By how much of the share it may be missed so that every class of several rows has one.
    private const double Tolerance = 0.1;

    private readonly Dictionary<ulong, ShareThreshold> _classes = [];

    /// <param name="label">The class.</param>
    /// <param name="draw">The draw of the row or group.</param>
    /// <param name="id">The row's; null for a group.</param>
    public void Add(ulong label, double draw, DataViewRowId? id = null) =>
        (CollectionsMarshal.GetValueRefOrAddDefault(_classes, label, out _) ??= new ShareThreshold(share, prunes)).Add(draw, id);

    /// <summary>For each class the draw up to which it is held out; null where draws were so uneven that one was not kept.</summary>
    public Dictionary<ulong, double>? Thresholds()
    {
        var chosen = Chosen();
        var thresholds = new Dictionary<ulong, double>(_classes.Count);
        foreach (var (label, threshold) in _classes)
        {
            if (threshold.Find(chosen[label]) is not { } found)
                return null;
            thresholds.Add(label, found);
        }

        return thresholds;
    }

    /// <summary>The rows that the thresholds hold out.</summary>
    public HeldOutRows Rows(Dictionary<ulong, double> thresholds) =>
        new(share, [.. _classes.SelectMany(one => one.Value.Between(thresholds[one.Key]))]);

    // Many classes of a few rows, with at least one of each held out, would make another share of it.
    private Dictionary<ulong, long> Chosen()
    {
        var chosen = _classes.ToDictionary(one => one.Key, one => one.Value.Chosen);
        var wanted = share * _classes.Values.Sum(one => one.Count);
        var surplus = chosen.Values.Sum() - wanted;
        if (surplus <= Math.Max(1, Tolerance * wanted))
            return chosen;

        var tooMany = chosen.Values.Sum() - Math.Max(1, (long)Math.Round(wanted));
        var order = _classes.Keys.Where(label => chosen[label] > 0)
            .OrderBy(label => chosen[label] == 1)
            .ThenByDescending(label => chosen[label] - share * _classes[label].Count)
            .ThenBy(drawOfClass)
            .ToList();
        foreach (var label in order.Take((int)tooMany))
            chosen[label]--;
        return chosen;
    }
}
