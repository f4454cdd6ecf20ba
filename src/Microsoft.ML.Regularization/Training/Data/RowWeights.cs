namespace Microsoft.ML.Regularization.Training;

/// <summary>The example weights of rows, which take no memory as long as all of them are 1.</summary>
internal sealed class RowWeights
{
    private RowBlocks<float>? _weights;

    public int Count { get; private set; }

    public long Bytes => sizeof(float) * (long)(_weights?.Count ?? 0);

    public float this[int row]
    {
        get => _weights is null ? 1 : _weights[row][0];

        set
        {
            if (value != 1)
                Write();
            if (_weights is not null)
                _weights[row][0] = value;
        }
    }

    public void Add(float weight)
    {
        if (weight != 1)
            Write();
        _weights?.Add([weight]);
        Count++;
    }

    public void Clear()
    {
        _weights?.Clear();
        Count = 0;
    }

    /// <summary>Keeps some of them, in their order.</summary>
    public void Keep(Func<int, bool> isKept)
    {
        _weights?.Keep(isKept);
        Count = _weights?.Count ?? Enumerable.Range(0, Count).Count(isKept);
    }

    private void Write()
    {
        if (_weights is not null)
            return;
        _weights = new RowBlocks<float>(1);
        for (var row = 0; row < Count; row++)
            _weights.Add([1]);
    }
}
