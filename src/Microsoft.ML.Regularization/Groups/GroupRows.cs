namespace Microsoft.ML.Regularization.Groups;

/// <summary>The rows of each group, by their numbers from 0.</summary>
internal sealed class GroupRows
{
    private readonly List<int>[] _rows;

    private GroupRows(IEnumerable<KeyValuePair<string, List<int>>> groups, int count, int stray)
    {
        // The order does not depend on that of the rows.
        var ordered = groups.OrderBy(group => group.Key, StringComparer.Ordinal).ToList();
        (Names, _rows) = ([.. ordered.Select(group => group.Key)], [.. ordered.Select(group => group.Value)]);
        (Count, Stray) = (count, stray);
    }

    /// <summary>The groups, in the order of their names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many rows there are.</summary>
    public int Count { get; }

    /// <summary>How many of them are of no group.</summary>
    public int Stray { get; }

    public IReadOnlyList<int> this[int group] => _rows[group];

    /// <summary>A group without a network of its own.</summary>
    public GroupFit Without(int group) => new() { Name = Names[group], Rows = _rows[group].Count };

    /// <summary>Whether others are the same groups with the same rows.</summary>
    public bool AreThoseOf(GroupRows other) => Count == other.Count && Names.SequenceEqual(other.Names) && _rows.Zip(other._rows).All(pair => pair.First.SequenceEqual(pair.Second));

    public static GroupRows Read(IDataView data, DataViewSchema.Column column, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var byText = found.GetAlternateLookup<ReadOnlySpan<char>>();
        var (row, stray) = (0, 0);
        using var cursor = data.GetRowCursor([column]);
        var read = GroupColumn.Bind(cursor, column);
        for (; cursor.MoveNext(); row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!read(out var text))
                stray++;
            else if (byText.TryGetValue(text, out var known))
                known.Add(row);
            else
                found.Add(text.ToString(), [row]);
        }

        return new GroupRows(found, row, stray);
    }
}
