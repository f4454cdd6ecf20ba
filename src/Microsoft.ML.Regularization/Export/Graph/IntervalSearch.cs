namespace Microsoft.ML.Regularization.Export;

/// <summary>
/// Finds the interval that a number lies in by halving, as scoring does: a few operators for each doubling of the intervals. A comparison with all edges at once
/// would need memory for rows x numbers x edges.
/// </summary>
internal sealed class IntervalSearch
{
    private readonly OnnxGraph _graph;
    private readonly int _numbers;
    private readonly int _stride;
    private readonly string _places;

    /// <param name="graph">Where it is written.</param>
    /// <param name="value">(rows, numbers).</param>
    /// <param name="edges">(numbers, edges): where intervals start, ascending for each number; infinity for those that it has not.</param>
    /// <param name="numbers">How many numbers.</param>
    /// <param name="isIn">Whether an edge is in the interval that it starts, else it is in the one before.</param>
    public IntervalSearch(OnnxGraph graph, string value, float[] edges, int numbers, bool isIn)
    {
        (_graph, _numbers) = (graph, numbers);
        var count = edges.Length / numbers;
        _stride = 1;
        while (_stride < count)
            _stride *= 2;
        var starts = graph.Constant([.. Enumerable.Range(0, numbers).Select(number => (long)number * _stride)], numbers);
        var table = graph.Constant(Padded(edges, 1, float.PositiveInfinity), (long)numbers * _stride);

        // No number is less than itself: zeros in the value's shape, whatever the value.
        _places = graph.Sum(graph.Cast(graph.Add("Less", [value, value]), OnnxType.Int64), starts);
        for (var half = _stride / 2; half > 0; half /= 2)
        {
            var next = graph.Sum(_places, graph.Constant([(long)half], 1));
            var edge = graph.Add("Gather", [table, next], new OnnxAttribute("axis", 0L));
            var isBehind = isIn ? graph.Add("Not", graph.Add("Less", [value, edge])) : graph.Add("Less", [edge, value]);
            _places = graph.Add("Where", [isBehind, next, _places]);
        }
    }

    /// <summary>What belongs to the intervals that were found: (rows, numbers).</summary>
    /// <param name="values">(numbers, intervals).</param>
    public string Of(float[] values) => Find(Padded(values, 1, 0), (long)_numbers * _stride);

    /// <summary>Vectors that belong to them: (rows, numbers, size).</summary>
    /// <param name="values">(numbers, intervals, size).</param>
    /// <param name="size">Numbers of a vector.</param>
    public string VectorsOf(float[] values, int size) => Find(Padded(values, size, 0), (long)_numbers * _stride, size);

    private string Find(float[] table, params long[] shape) => _graph.Add("Gather", [_graph.Constant(table, shape), _places], new OnnxAttribute("axis", 0L));

    private float[] Padded(float[] values, int size, float filling)
    {
        var count = values.Length / _numbers;
        var padded = new float[_numbers * _stride * size];
        for (var number = 0; number < _numbers; number++)
        {
            var own = padded.AsSpan(number * _stride * size, _stride * size);
            values.AsSpan(number * count, count).CopyTo(own);
            own[count..].Fill(filling);
        }

        return padded;
    }
}
