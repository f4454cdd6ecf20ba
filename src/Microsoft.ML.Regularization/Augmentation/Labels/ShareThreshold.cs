namespace Microsoft.ML.Regularization;

/// <summary>
/// Finds the draw up to which exactly a share of the draws lies: the rounded number of them, of more than one at least one and not all, of one none.
/// </summary>
/// <remarks>
/// Where draws are uniform, that one is near the share. Draws that are far from it, by more than eight standard deviations of where it may be, are
/// only counted, so that what is kept in memory grows with the square root of their number.
/// </remarks>
internal sealed class ShareThreshold(double share, bool prunes = true)
{
    private double[] _kept = new double[64];
    private int _keptCount;
    private long _count;
    private long _below;
    private double _low;
    private double _high = 1;

    public void Add(double draw)
    {
        _count++;
        if (draw < _low)
            _below++;
        else if (draw <= _high)
            Keep(draw);
    }

    /// <summary>The draw up to which the share lies, below 0 where that is none; null where the draws were so uneven that it was not kept.</summary>
    public double? Find()
    {
        var chosen = _count <= 1 ? 0 : Math.Clamp((long)Math.Round(share * _count), 1, _count - 1);
        if (chosen == 0)
            return -1;

        var rank = chosen - _below;
        if (rank < 1 || rank > _keptCount)
            return null;
        Array.Sort(_kept, 0, _keptCount);
        return _kept[rank - 1];
    }

    private void Keep(double draw)
    {
        if (_keptCount == _kept.Length)
        {
            if (prunes)
                Prune();
            if (_keptCount > _kept.Length / 2)
                Array.Resize(ref _kept, _kept.Length * 2);
        }

        _kept[_keptCount++] = draw;
    }

    private void Prune()
    {
        // The second term is for so few that they do not follow the normal distribution: the least of n draws lies above 40/n once in e^40 times.
        var slack = 8 * Math.Sqrt(share * (1 - share) / _count) + 40.0 / _count;
        _low = Math.Max(_low, share - slack);
        _high = Math.Min(_high, share + slack);
        var count = 0;
        for (var i = 0; i < _keptCount; i++)
        {
            var draw = _kept[i];
            if (draw < _low)
                _below++;
            else if (draw <= _high)
                _kept[count++] = draw;
        }

        _keptCount = count;
    }
}
