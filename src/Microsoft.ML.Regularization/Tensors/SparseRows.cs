using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>Sparse rows that a network reads at once, one behind the other, on the scale that it reads them.</summary>
/// <param name="input">What a row holds; categories are kept apart from its numbers.</param>
internal sealed class SparseRows(InputLayout input)
{
    private readonly List<int> _slots = [];
    private readonly List<float> _values = [];
    private readonly List<int> _starts = [0];
    private readonly List<float> _keys = [];
    private readonly int _keysOfRow = input.Width - input.Numbers;
    private SlotIndex? _index;

    public int Count => _starts.Count - 1;

    /// <summary>Numbers of a row, those that are 0 included.</summary>
    public int Numbers => input.Numbers;

    /// <summary>The keys of the rows' categories (rows, keys), 0 for a missing one.</summary>
    public ReadOnlySpan<float> Keys => CollectionsMarshal.AsSpan(_keys);

    /// <summary>The slots of all rows.</summary>
    public ReadOnlySpan<int> Slots => CollectionsMarshal.AsSpan(_slots);

    /// <summary>The numbers in them.</summary>
    public ReadOnlySpan<float> Values => CollectionsMarshal.AsSpan(_values);

    /// <summary>Where each row starts among them, and the last one ends.</summary>
    public ReadOnlySpan<int> Starts => CollectionsMarshal.AsSpan(_starts);

    /// <summary>The same numbers by their slots.</summary>
    public SlotIndex BySlot
    {
        get
        {
            _index ??= new SlotIndex(input.Numbers);
            if (!_index.IsComplete)
                _index.Fill(this);
            return _index;
        }
    }

    public void Clear()
    {
        _slots.Clear();
        _values.Clear();
        _keys.Clear();
        CollectionsMarshal.SetCount(_starts, 1);
        if (_index is not null)
            _index.IsComplete = false;
    }

    /// <param name="row">By ascending slots.</param>
    /// <param name="scaler">Brings numbers to the network's scale; null where they are on it.</param>
    public void Add(ReadOnlySpan<SlotValue> row, SparseScaler? scaler)
    {
        var numbers = row.Length;
        if (_keysOfRow > 0)
        {
            while (numbers > 0 && row[numbers - 1].Slot >= input.Numbers)
                numbers--;
            var start = _keys.Count;
            CollectionsMarshal.SetCount(_keys, start + _keysOfRow);
            var keys = CollectionsMarshal.AsSpan(_keys)[start..];
            keys.Clear();
            foreach (var (slot, key) in row[numbers..])
                keys[slot - input.Numbers] = key;
        }

        if (scaler is not null)
        {
            scaler.Apply(row[..numbers], _slots, _values);
        }
        else
        {
            foreach (var (slot, value) in row[..numbers])
            {
                _slots.Add(slot);
                _values.Add(value);
            }
        }

        _starts.Add(_slots.Count);
    }
}
