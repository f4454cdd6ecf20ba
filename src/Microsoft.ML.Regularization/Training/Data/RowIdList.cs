using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The ids of many rows. Next to nothing is kept for numbers that follow upon each other, as those of a source do, and four bytes for those of a part of its rows.</summary>
internal sealed class RowIdList : IReadOnlyList<DataViewRowId>
{
    private const int IdsOfBlock = 1 << 10;

    private readonly List<Block> _blocks = [];
    private DataViewRowId[] _open = new DataViewRowId[16];
    private int _opened;

    public int Count => (_blocks.Count * IdsOfBlock) + _opened;

    public DataViewRowId this[int row] =>
        row / IdsOfBlock < _blocks.Count ? _blocks[row / IdsOfBlock][row % IdsOfBlock] : _open[row % IdsOfBlock];

    public void Add(DataViewRowId id)
    {
        if (_opened == IdsOfBlock)
        {
            _blocks.Add(Block.Of(_open));
            _opened = 0;
        }

        if (_opened == _open.Length)
            Array.Resize(ref _open, 2 * _open.Length);
        _open[_opened++] = id;
    }

    public IEnumerator<DataViewRowId> GetEnumerator()
    {
        for (var row = 0; row < Count; row++)
            yield return this[row];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <param name="Least">The least id.</param>
    /// <param name="Offsets">Of each id from it; null where they are 0, 1, 2 and so on.</param>
    /// <param name="Ids">The ids, where they are too far apart for offsets.</param>
    private sealed record Block(DataViewRowId Least, uint[]? Offsets, DataViewRowId[]? Ids)
    {
        public DataViewRowId this[int place] => Ids is not null ? Ids[place] : new(Least.Low + (Offsets?[place] ?? (uint)place), Least.High);

        public static Block Of(DataViewRowId[] ids)
        {
            var least = ids.MinBy(id => id.Low);
            if (ids.Any(id => id.High != least.High || id.Low - least.Low > uint.MaxValue))
                return new Block(least, null, [.. ids]);
            var offsets = Array.ConvertAll(ids, id => (uint)(id.Low - least.Low));
            return new Block(least, offsets.Index().All(offset => offset.Item == offset.Index) ? null : offsets, null);
        }
    }
}
