namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Sparse rows in memory, each in an array of its own, which the row that takes its place uses again.</summary>
internal sealed class SparseTable
{
    private readonly List<SlotValue[]> _rows = [];
    private readonly List<int> _lengths = [];

    public int Count => _lengths.Count;

    /// <summary>Numbers of all rows that are not 0.</summary>
    public long Values { get; private set; }

    public ReadOnlySpan<SlotValue> this[int row] => _rows[row].AsSpan(0, _lengths[row]);

    public void Add(ReadOnlySpan<SlotValue> row)
    {
        _lengths.Add(0);
        if (_rows.Count < _lengths.Count)
            _rows.Add([]);
        Replace(Count - 1, row);
    }

    /// <summary>Puts a row in the place of another.</summary>
    public void Replace(int row, ReadOnlySpan<SlotValue> by)
    {
        if (_rows[row].Length < by.Length)
            _rows[row] = new SlotValue[by.Length];
        by.CopyTo(_rows[row]);
        Values += by.Length - _lengths[row];
        _lengths[row] = by.Length;
    }

    /// <summary>Keeps some of the rows, in their order.</summary>
    public void Keep(Func<int, bool> isKept)
    {
        var kept = 0;
        for (var row = 0; row < Count; row++)
        {
            if (isKept(row))
                (_rows[kept], _lengths[kept++]) = (_rows[row], _lengths[row]);
        }

        _rows.RemoveRange(kept, _rows.Count - kept);
        _lengths.RemoveRange(kept, _lengths.Count - kept);
        Values = _lengths.Sum(length => (long)length);
    }

    /// <summary>Empties the table and keeps its memory.</summary>
    public void Clear()
    {
        _lengths.Clear();
        Values = 0;
    }

    /// <summary>Writes the numbers of a row, those that are 0 too.</summary>
    public static void Expand(ReadOnlySpan<SlotValue> row, Span<float> numbers)
    {
        numbers.Clear();
        foreach (var (slot, value) in row)
            numbers[slot] = value;
    }

    /// <summary>Appends the numbers of a row that are not 0.</summary>
    public static void Collect(ReadOnlySpan<float> numbers, List<SlotValue> row)
    {
        for (var slot = 0; slot < numbers.Length; slot++)
        {
            if (numbers[slot] != 0)
                row.Add(new SlotValue(slot, numbers[slot]));
        }
    }
}
