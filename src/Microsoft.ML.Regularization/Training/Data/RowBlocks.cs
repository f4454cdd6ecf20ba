using System.Numerics;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Rows of equally many values, in blocks of memory: no row moves when others come, and nothing is reserved but the rest of one block.</summary>
/// <typeparam name="T">Of a value.</typeparam>
/// <param name="width">Values of a row.</param>
internal sealed class RowBlocks<T>(int width)
    where T : unmanaged
{
    private const int ValuesOfBlock = 1 << 16;

    // Most tables are small: their only block grows.
    private const int FirstRows = 16;

    private readonly int _shift = BitOperations.Log2((uint)Math.Max(1, ValuesOfBlock / Math.Max(1, width)));
    private readonly List<T[]?> _blocks = [];
    private T[]? _spare;

    public int Width => width;

    public int Count { get; private set; }

    public int RowsOfBlock => 1 << _shift;

    /// <summary>The values of a row, whose block must not have been taken away.</summary>
    public Span<T> this[int row] => _blocks[row >> _shift].AsSpan((row & (RowsOfBlock - 1)) * width, width);

    /// <summary>Adds a row, whose values are to be written.</summary>
    public Span<T> Add()
    {
        var (block, place) = (Count >> _shift, Count & (RowsOfBlock - 1));
        if (block == _blocks.Count)
            _blocks.Add(null);
        var rows = _blocks[block] is { } values ? values.Length / Math.Max(1, width) : 0;
        if (place >= rows)
            Grow(block, rows == 0 && block > 0 ? RowsOfBlock : Math.Clamp(2 * rows, Math.Min(FirstRows, RowsOfBlock), RowsOfBlock));
        return this[Count++];
    }

    public void Add(ReadOnlySpan<T> row) => row.CopyTo(Add());

    /// <summary>Empties the blocks and keeps their memory.</summary>
    public void Clear() => Count = 0;

    /// <summary>The values of a block whose rows are all there.</summary>
    public ReadOnlySpan<T> Block(int block) => _blocks[block];

    /// <summary>Takes the memory of a block away, whose rows are no longer asked for; the next block that begins uses it.</summary>
    public void Release(int block) => (_spare, _blocks[block]) = (_blocks[block], null);

    /// <summary>Keeps some of the rows, in their order, and gives up the memory of the others.</summary>
    public void Keep(Func<int, bool> isKept)
    {
        var kept = 0;
        for (var row = 0; row < Count; row++)
        {
            if (isKept(row))
                this[row].CopyTo(this[kept++]);
        }

        Count = kept;
        _blocks.RemoveRange((kept + RowsOfBlock - 1) >> _shift, _blocks.Count - ((kept + RowsOfBlock - 1) >> _shift));
    }

    private void Grow(int block, int rows)
    {
        if (rows == RowsOfBlock && _blocks[block] is null && _spare is not null)
        {
            (_blocks[block], _spare) = (_spare, null);
            return;
        }

        var values = GC.AllocateUninitializedArray<T>(rows * width);
        _blocks[block].CopyTo(values.AsSpan());
        _blocks[block] = values;
    }
}
