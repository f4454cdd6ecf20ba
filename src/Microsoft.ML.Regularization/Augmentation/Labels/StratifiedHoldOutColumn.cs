using System.Runtime.InteropServices;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The column of marks where the share is met within each class, of rows or of groups. A pass over the source finds the draw up to which each class
/// is held out.
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
        : base(HoldOutOptions.MarkColumnName, BooleanDataViewType.Instance)
    {
        (_source, _classes, _groups, _fraction, _draws) = (source, classes, groups, fraction, draws);
        _choice = new Deferred<Choice>(() => Choose(prunes: true) ?? Choose(prunes: false)!);
        Reads = groups is null ? [classes.Name] : [classes.Name, groups.Name];
    }

    public override IReadOnlyList<string> Reads { get; }

    public override void Learn() => _ = _choice.Value;

    public override Delegate Bind(DataViewRow row)
    {
        var choice = _choice.Value;
        var classReader = _classes.Bind(row);
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

            // Rows without a class are one of their own.
            classReader(out var label);
            idGetter(ref id);
            mark = _draws.OfRow(id) <= choice.Thresholds.GetValueOrDefault(label, _fraction);
        });
    }

    private Choice? Choose(bool prunes)
    {
        var classes = new Dictionary<ulong, ShareThreshold>();
        var rowsOfGroups = new Dictionary<(ulong Group, ulong Class), long>();
        using (var cursor = _source.GetRowCursor(Reads.Select(name => _source.Schema[name])))
        {
            var classReader = _classes.Bind(cursor);
            var groupReader = _groups?.Bind(cursor);
            var idGetter = cursor.GetIdGetter();
            DataViewRowId id = default;
            while (cursor.MoveNext())
            {
                classReader(out var label);
                if (groupReader is not null && groupReader(out var group))
                {
                    CollectionsMarshal.GetValueRefOrAddDefault(rowsOfGroups, (group, label), out _)++;
                    continue;
                }

                idGetter(ref id);
                ThresholdOf(label).Add(_draws.OfRow(id));
            }
        }

        var classesOfGroups = MostFrequentClasses(rowsOfGroups);
        foreach (var (group, label) in classesOfGroups)
            ThresholdOf(label).Add(_draws.OfGroup(group));

        var thresholds = new Dictionary<ulong, double>(classes.Count);
        foreach (var (label, threshold) in classes)
        {
            if (threshold.Find() is not { } found)
                return null;
            thresholds.Add(label, found);
        }

        return new Choice(
            thresholds, [.. classesOfGroups.Where(group => _draws.OfGroup(group.Key) <= thresholds[group.Value]).Select(group => group.Key)]);

        ShareThreshold ThresholdOf(ulong label) =>
            CollectionsMarshal.GetValueRefOrAddDefault(classes, label, out _) ??= new ShareThreshold(_fraction, prunes);
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

    /// <param name="Thresholds">For the hash of each class the draw up to which it is held out.</param>
    /// <param name="Groups">The hashes of the groups that are held out.</param>
    private sealed record Choice(Dictionary<ulong, double> Thresholds, HashSet<ulong> Groups);
}
