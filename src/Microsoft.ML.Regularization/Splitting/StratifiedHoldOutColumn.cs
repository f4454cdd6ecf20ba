using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>
/// The column of marks where the share is met within each class, of rows or of groups. A pass over the source finds the rows and groups that are held out,
/// whose labels need not be read again.
/// </summary>
internal sealed class StratifiedHoldOutColumn : ComputedColumn
{
    private readonly IDataView _source;
    private readonly HashedColumn _classes;
    private readonly HashedColumn? _groups;
    private readonly double _fraction;
    private readonly HoldOutDraws _draws;
    private readonly Deferred<Choice> _choice;

    public StratifiedHoldOutColumn(IDataView source, HashedColumn classes, HashedColumn? groups, double fraction, HoldOutDraws draws)
        : base(HeldOutMark.ColumnName, BooleanDataViewType.Instance)
    {
        (_source, _classes, _groups, _fraction, _draws) = (source, classes, groups, fraction, draws);
        _choice = new Deferred<Choice>(() => Choose(prunes: true) ?? Choose(prunes: false)!);
        Reads = groups is null ? [] : [groups.Name];
    }

    public override IReadOnlyList<string> Reads { get; }

    public override void Learn() => _ = _choice.Value;

    public override Delegate Bind(DataViewRow row)
    {
        var choice = _choice.Value;
        var groupReader = _groups?.Bind(row);
        var idGetter = row.GetIdGetter();
        DataViewRowId id = default;
        return (ValueGetter<bool>)((ref mark) =>
        {
            if (groupReader is not null && groupReader(out var group))
            {
                mark = choice.Groups.Contains(group);
                return;
            }

            idGetter(ref id);
            mark = choice.Rows.Contains(id, _draws.OfRow(id));
        });
    }

    private Choice? Choose(bool prunes)
    {
        var strata = new Stratification(_fraction, _draws.OfClass, prunes);
        var rowsOfGroups = new Dictionary<(ulong Group, ulong Class), long>();
        using (var cursor = _source.GetRowCursor(Reads.Append(_classes.Name).Select(name => _source.Schema[name])))
        {
            var classReader = _classes.Bind(cursor);
            var groupReader = _groups?.Bind(cursor);
            var idGetter = cursor.GetIdGetter();
            DataViewRowId id = default;
            while (cursor.MoveNext())
            {
                // Rows without a class form a group of their own.
                classReader(out var label);
                if (groupReader is not null && groupReader(out var group))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(rowsOfGroups, (group, label), out _)++;
                    continue;
                }

                idGetter(ref id);
                strata.Add(label, _draws.OfRow(id), id);
            }
        }

        var classesOfGroups = MostFrequentClasses(rowsOfGroups);
        foreach (var (group, label) in classesOfGroups)
            strata.Add(label, _draws.OfGroup(group));

        return strata.Thresholds() is not { } thresholds ? null : new Choice(
            strata.Rows(thresholds),
            [.. classesOfGroups.Where(group => _draws.OfGroup(group.Key) <= thresholds[group.Value]).Select(group => group.Key)]);
    }

    // Of classes that are equally frequent the one of the smaller hash, so that the order of the rows does not matter.
    private static Dictionary<ulong, ulong> MostFrequentClasses(Dictionary<(ulong Group, ulong Class), long> rowsOfGroups)
    {
        var classes = new Dictionary<ulong, ulong>();
        foreach (var ((group, label), rows) in rowsOfGroups)
        {
            ref var best = ref CollectionsMarshal.GetValueRefOrAddDefault(classes, group, out var isKnown);
            if (!isKnown || rows > rowsOfGroups[(group, best)] || (rows == rowsOfGroups[(group, best)] && label < best))
                best = label;
        }

        return classes;
    }

    /// <param name="Rows">The rows of no group that are held out.</param>
    /// <param name="Groups">The hashes of the groups that are held out.</param>
    private sealed record Choice(HeldOutRows Rows, HashSet<ulong> Groups);
}
