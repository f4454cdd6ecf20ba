using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Splitting;

/// <summary>
/// Finds the draw up to which exactly a share of the draws lies: the rounded number of them, of more than one at least one and not all, of one none.
/// </summary>
/// <remarks>
/// Where draws are uniform, that one is near the share. Draws that are far from it, by more than eight standard deviations of where it may be, are
/// only counted, so that what is kept in memory grows with the square root of their number.
/// </remarks>
internal sealed class ShareThreshold(double share, bool prunes = true)
{
    // Most classes may have few rows.
    private double[] _kept = new double[4];
    private DataViewRowId[]? _ids;
    private int _keptCount;
    private long _below;
    private double _low;
    private double _high = 1;

    public long Count { get; private set; }

    /// <summary>How many draws the share comes to.</summary>
    public long Chosen => Count <= 1 ? 0 : Math.Clamp((long)Math.Round(share * Count), 1, Count - 1);

    /// <param name="draw">From 0 to below 1.</param>
    /// <param name="id">The row whose draw it is; null if that is not needed.</param>
    public void Add(double draw, DataViewRowId? id = null)
    {
        Count++;
        if (draw < _low)
            _below++;
        else if (draw <= _high)
            Keep(draw, id);
    }

    /// <summary>The draw up to which the share lies, below 0 where that is none; null where the draws were so uneven that it was not kept.</summary>
    public double? Find() => Find(Chosen);

    /// <summary>The draw up to which so many draws lie.</summary>
    public double? Find(long chosen)
    {
        if (chosen == 0)
            return -1;

        var rank = chosen - _below;
        if (rank < 1 || rank > _keptCount)
            return null;
        Array.Sort(_kept, _ids, 0, _keptCount);
        return _kept[rank - 1];
    }

    /// <summary>Whose draws are on other sides of the threshold that was found and of the share.</summary>
    public IEnumerable<DataViewRowId> Between(double threshold)
    {
        for (var i = 0; _ids is not null && i < _keptCount; i++)
        {
            if (_kept[i] <= threshold != _kept[i] < share)
                yield return _ids[i];
        }
    }

    private void Keep(double draw, DataViewRowId? id)
    {
        if (_keptCount == _kept.Length)
        {
            if (prunes)
                Prune();
            if (_keptCount > _kept.Length / 2)
            {
                Array.Resize(ref _kept, _kept.Length * 2);
                if (_ids is not null)
                    Array.Resize(ref _ids, _kept.Length);
            }
        }

        if (id is { } known)
        {
            _ids ??= new DataViewRowId[_kept.Length];
            _ids[_keptCount] = known;
        }

        _kept[_keptCount++] = draw;
    }

    private void Prune()
    {
        // The second term is for so few that they do not follow the normal distribution: the least of n draws lies above 40/n once in e^40 times.
        var slack = 8 * Math.Sqrt(share * (1 - share) / Count) + 40.0 / Count;
        _low = Math.Max(_low, share - slack);
        _high = Math.Min(_high, share + slack);
        var count = 0;
        for (var i = 0; i < _keptCount; i++)
        {
            var draw = _kept[i];
            if (draw < _low)
                _below++;
            else if (draw <= _high)
                Move(i, count++);
        }

        _keptCount = count;
    }

    private void Move(int from, int to)
    {
        _kept[to] = _kept[from];
        if (_ids is not null)
            _ids[to] = _ids[from];
    }
}
