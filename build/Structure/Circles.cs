namespace Microsoft.ML.Regularization.Structure;

/// <summary>Finds the circles of a graph: the largest sets of nodes in which each reaches each (Tarjan, 1972).</summary>
internal sealed class Circles
{
    private readonly ILookup<string, string> _arrows;
    private readonly Dictionary<string, int> _order = [];
    private readonly Stack<string> _open = [];
    private readonly List<IReadOnlyList<string>> _found = [];

    private Circles(ILookup<string, string> arrows) => _arrows = arrows;

    /// <summary>The circles of more than one node, the largest first, each in order of its names.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Of(IEnumerable<(string From, string To)> arrows)
    {
        var circles = new Circles(arrows.Distinct().ToLookup(arrow => arrow.From, arrow => arrow.To));
        foreach (var node in circles._arrows.Select(arrow => arrow.Key).Order(StringComparer.Ordinal))
        {
            if (!circles._order.ContainsKey(node))
                circles.Visit(node);
        }

        return [.. circles._found.OrderByDescending(circle => circle.Count).ThenBy(circle => circle[0], StringComparer.Ordinal)];
    }

    // Returns the earliest node on an open path that the node reaches.
    private int Visit(string node)
    {
        var order = _order.Count;
        var earliest = order;
        _order[node] = order;
        _open.Push(node);
        foreach (var next in _arrows[node])
        {
            if (!_order.TryGetValue(next, out var visited))
                earliest = Math.Min(earliest, Visit(next));
            else if (_open.Contains(next))
                earliest = Math.Min(earliest, visited);
        }

        if (earliest == order)
            Close(node);
        return earliest;
    }

    private void Close(string root)
    {
        var circle = new List<string>();
        do
            circle.Add(_open.Pop());
        while (circle[^1] != root);
        if (circle.Count > 1)
            _found.Add([.. circle.Order(StringComparer.Ordinal)]);
    }
}
