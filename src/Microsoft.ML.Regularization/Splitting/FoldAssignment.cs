using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>
/// Deals rows to folds at random, so that each fold has its share of every class, and the rows of a group come to the same fold. Without groups the numbers of
/// a class's rows in two folds differ by one at most.
/// </summary>
/// <param name="folds">How many folds, at least 2.</param>
/// <param name="key">Draws the order in which rows are dealt, by their ids: it is the same for any order of the rows.</param>
internal sealed class FoldAssignment(int folds, RandomKey key)
{
    /// <param name="ids">The rows.</param>
    /// <param name="classes">Of each row its class, from 0.</param>
    /// <param name="groups">Of each row its group; null for one of its own. Empty where there are no groups.</param>
    /// <returns>Of each row its fold, from 0.</returns>
    public int[] Deal(IReadOnlyList<DataViewRowId> ids, IReadOnlyList<int> classes, IReadOnlyList<ulong?> groups)
    {
        var units = UnitsOf(ids, classes, groups);
        var sizes = new Dictionary<int, double>();
        foreach (var label in classes)
            CollectionsMarshal.GetValueRefOrAddDefault(sizes, label, out _)++;

        var counts = Enumerable.Range(0, folds).Select(_ => new Dictionary<int, double>()).ToArray();
        var rowsOfFolds = new int[folds];
        var foldOfRows = new int[ids.Count];

        // Large groups first: small ones fill up what these leave uneven.
        foreach (var unit in units.OrderByDescending(unit => unit.Rows.Count).ThenBy(unit => unit.Draw).ThenBy(unit => unit.Rows[0]))
        {
            var fold = Enumerable.Range(0, folds).MinBy(fold => (Crowding(counts[fold], unit), rowsOfFolds[fold], fold));
            foreach (var (label, rows) in unit.Classes)
                CollectionsMarshal.GetValueRefOrAddDefault(counts[fold], label, out _) += rows;
            rowsOfFolds[fold] += unit.Rows.Count;
            foreach (var row in unit.Rows)
                foldOfRows[row] = fold;
        }

        return foldOfRows;

        // Putting a unit where this is least keeps the sum over folds and classes of the squared shares of the class's rows least.
        double Crowding(Dictionary<int, double> fold, Unit unit) => unit.Classes.Sum(own => own.Value * fold.GetValueOrDefault(own.Key) / sizes[own.Key]);
    }

    private List<Unit> UnitsOf(IReadOnlyList<DataViewRowId> ids, IReadOnlyList<int> classes, IReadOnlyList<ulong?> groups)
    {
        var units = new List<Unit>();
        var known = new Dictionary<ulong, Unit>();
        var groupKey = key.Derive("groups");
        for (var row = 0; row < ids.Count; row++)
        {
            Unit? unit;
            if (groups.Count == 0 || groups[row] is not { } group)
                units.Add(unit = new Unit(new KeyedStream(key, ids[row]).NextDouble()));
            else if (!known.TryGetValue(group, out unit))
                units.Add(known[group] = unit = new Unit(new KeyedStream(groupKey, group).NextDouble()));
            unit.Rows.Add(row);
            CollectionsMarshal.GetValueRefOrAddDefault(unit.Classes, classes[row], out _)++;
        }

        return units;
    }

    /// <summary>Rows that come to the same fold.</summary>
    /// <param name="Draw">Decides its place among those of the same size.</param>
    private sealed record Unit(double Draw)
    {
        public List<int> Rows { get; } = [];

        public Dictionary<int, double> Classes { get; } = [];
    }
}
