namespace Microsoft.ML.Regularization.Training;

/// <summary>The features of rows that are not sparse, in blocks, which may take a quarter of their memory: see <see cref="PackedNumbers"/>.</summary>
/// <param name="width">Numbers of a row.</param>
/// <param name="packs">Whether blocks are packed where they can be: rows of them cannot be replaced.</param>
internal sealed class FeatureRows(int width, bool packs)
{
    // To unpack fewer takes as long as a narrow network.
    private const int LeastToPack = 256;

    private readonly List<PackedNumbers> _packed = [];
    private RowBlocks<float> _rows = new(width);
    private bool _packs = packs && width >= LeastToPack;
    private long _packedRows;
    private long _packedBytes;

    public long Bytes => _packedBytes + (sizeof(float) * width * (_rows.Count - _packedRows));

    /// <summary>Adds a row, whose numbers are to be written.</summary>
    public Span<float> Add()
    {
        if (_packs && _rows.Count > 0 && _rows.Count % _rows.RowsOfBlock == 0)
            Pack(_rows.Count / _rows.RowsOfBlock - 1);
        return _rows.Add();
    }

    /// <summary>Puts a row in the place of another, where rows are not packed.</summary>
    public void Replace(int row, ReadOnlySpan<float> by) => by.CopyTo(_rows[row]);

    /// <summary>Writes some of the numbers of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="start">The first number.</param>
    /// <param name="numbers">As many as are wanted.</param>
    public void CopyTo(int row, int start, Span<float> numbers)
    {
        var block = row / _rows.RowsOfBlock;
        if (block < _packed.Count)
            _packed[block].CopyTo((row % _rows.RowsOfBlock * width) + start, numbers);
        else
            _rows[row].Slice(start, numbers.Length).CopyTo(numbers);
    }

    /// <summary>Removes all rows and keeps the memory of those that are not packed.</summary>
    public void Clear()
    {
        _rows.Clear();
        _packed.Clear();
        (_packedRows, _packedBytes, _packs) = (0, 0, packs && width >= LeastToPack);
    }

    /// <summary>Keeps some of the rows, in their order.</summary>
    public void Keep(Func<int, bool> isKept)
    {
        if (_packed.Count == 0)
        {
            _rows.Keep(isKept);
            return;
        }

        var kept = new FeatureRows(width, packs);
        for (var row = 0; row < _rows.Count; row++)
        {
            if (isKept(row))
                CopyTo(row, 0, kept.Add());
        }

        _rows = kept._rows;
        _packed.Clear();
        _packed.AddRange(kept._packed);
        (_packs, _packedRows, _packedBytes) = (kept._packs, kept._packedRows, kept._packedBytes);
    }

    // What has more values once is not tried again.
    private void Pack(int block)
    {
        _packs = PackedNumbers.TryPack(_rows.Block(block), out var packed);
        if (packed is null)
            return;
        _packed.Add(packed);
        _packedRows += _rows.RowsOfBlock;
        _packedBytes += packed.Bytes;
        _rows.Release(block);
    }
}
