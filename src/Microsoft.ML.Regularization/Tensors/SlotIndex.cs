namespace Microsoft.ML.Regularization.Tensors;

/// <summary>The numbers of <see cref="SparseRows"/> by their slots: for each slot that is not 0 in all of them, the rows in ascending order.</summary>
/// <param name="width">Slots that there are.</param>
internal sealed class SlotIndex(int width)
{
    private readonly int[] _counts = new int[width];
    private int[] _slots = [];
    private int[] _starts = [];
    private int[] _rows = [];
    private float[] _values = [];

    public bool IsComplete { get; set; }

    /// <summary>How many slots any row has.</summary>
    public int Count { get; private set; }

    /// <summary>These slots, in the order in which they first appear.</summary>
    public ReadOnlySpan<int> Slots => _slots.AsSpan(0, Count);

    /// <summary>Where the rows of each slot start, and those of the last one end.</summary>
    public ReadOnlySpan<int> Starts => _starts.AsSpan(0, Count + 1);

    public ReadOnlySpan<int> Rows => _rows;

    public ReadOnlySpan<float> Values => _values;

    public void Fill(SparseRows rows)
    {
        var slots = rows.Slots;
        if (_rows.Length < slots.Length)
            (_slots, _starts, _rows, _values) = (new int[slots.Length], new int[slots.Length + 1], new int[slots.Length], new float[slots.Length]);
        Count = 0;
        foreach (var slot in slots)
        {
            if (_counts[slot]++ == 0)
                _slots[Count++] = slot;
        }

        // From here on the counts are the places to write to.
        var place = 0;
        for (var i = 0; i < Count; i++)
        {
            _starts[i] = place;
            ref var count = ref _counts[_slots[i]];
            (count, place) = (place, place + count);
        }

        _starts[Count] = place;
        for (var row = 0; row < rows.Count; row++)
        {
            for (var i = rows.Starts[row]; i < rows.Starts[row + 1]; i++)
            {
                var to = _counts[slots[i]]++;
                (_rows[to], _values[to]) = (row, rows.Values[i]);
            }
        }

        for (var i = 0; i < Count; i++)
            _counts[_slots[i]] = 0;
        IsComplete = true;
    }
}
