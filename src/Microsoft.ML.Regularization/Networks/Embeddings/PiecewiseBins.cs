namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The bins of each number: see <see cref="PiecewiseLinearEmbedding"/>. Where a number has fewer bins than there may be, its last edge is repeated, and the
/// code of what lies between is 0.
/// </summary>
internal sealed class PiecewiseBins
{
    /// <summary>Widths of an outer bin for which its line goes on outside of it.</summary>
    public const float Reach = 10;

    /// <summary>Narrower bins are none: no float is their width's inverse.</summary>
    public const float LeastWidth = 1e-37f;

    private readonly float[] _edges;
    private readonly float[] _factors;
    private readonly int[] _last;

    /// <param name="edges">(numbers, bins + 1), ascending for each number.</param>
    /// <param name="bins">Bins of a number.</param>
    public PiecewiseBins(ReadOnlySpan<float> edges, int bins)
    {
        Count = bins;
        _edges = edges.ToArray();
        _last = new int[edges.Length / (bins + 1)];
        _factors = new float[_last.Length * bins];
        for (var number = 0; number < _last.Length; number++)
        {
            var own = edges.Slice(number * (bins + 1), bins + 1);
            var factors = _factors.AsSpan(number * bins, bins);
            for (var bin = 0; bin < bins; bin++)
            {
                var width = own[bin + 1] - own[bin];
                if (!(width >= LeastWidth))
                    break;
                factors[bin] = 1 / width;
                _last[number] = bin;
            }
        }
    }

    /// <summary>Bins that a number may have.</summary>
    public int Count { get; }

    /// <summary>Whether they are of these edges.</summary>
    public bool HaveEdges(ReadOnlySpan<float> edges) => edges.SequenceEqual(_edges);

    /// <summary>The bin of a value, the share of it that the value has passed, and by how much that grows with the value.</summary>
    /// <param name="number">Which number.</param>
    /// <param name="value">Its value.</param>
    /// <param name="slope">Receives the derivative of the share.</param>
    public (int Bin, float Share) Find(int number, float value, out float slope)
    {
        var edges = _edges.AsSpan(number * (Count + 1), Count + 1);
        var (bin, left) = (0, _last[number]);
        while (left > 0)
        {
            var half = (left + 1) / 2;
            if (edges[bin + half] <= value)
            {
                bin += half;
                left -= half;
            }
            else
            {
                left = half - 1;
            }
        }

        var (least, most) = (bin == 0 ? -Reach : 0, bin == _last[number] ? 1 + Reach : 1);
        var factor = _factors[number * Count + bin];
        var share = (value - edges[bin]) * factor;
        slope = share >= least && share <= most ? factor : 0;
        return (bin, Math.Clamp(share, least, most));
    }
}
