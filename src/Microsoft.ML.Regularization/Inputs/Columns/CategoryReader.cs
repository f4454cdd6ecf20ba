using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Reads keys, behind the numbers where there are any.</summary>
internal sealed class CategoryReader : InputReader
{
    private readonly NumberReader? _numbers;
    private readonly InputLayout _layout;
    private readonly IReadOnlyList<uint[]?> _translations;
    private readonly List<ValueGetter<VBuffer<uint>>> _getters = [];
    private readonly float[] _floats;
    private VBuffer<uint> _keys;

    /// <param name="row">The row.</param>
    /// <param name="numbers">Reads the numbers; null for none.</param>
    /// <param name="columns">The columns of keys.</param>
    /// <param name="layout">The layout of a row.</param>
    /// <param name="translations">For each column the network's key for each of the row's; null where they are the same.</param>
    public CategoryReader(
        DataViewRow row, NumberReader? numbers, IReadOnlyList<DataViewSchema.Column> columns, InputLayout layout, IReadOnlyList<uint[]?> translations)
    {
        _numbers = numbers;
        _layout = layout;
        _translations = translations;
        _floats = new float[layout.Width - layout.Numbers];
        foreach (var column in columns)
        {
            if (column.Type is VectorDataViewType)
            {
                _getters.Add(row.GetKeysGetter(column));
                continue;
            }

            var getter = row.GetKeyGetter(column);
            _getters.Add((ref VBuffer<uint> keys) =>
            {
                var editor = VBufferEditor.Create(ref keys, 1);
                getter(ref editor.Values[0]);
                keys = editor.Commit();
            });
        }
    }

    public override bool HasGaps => _numbers is { HasGaps: true };

    public override bool TryRead(Span<float> row, out string? fault)
    {
        fault = null;
        var isUsable = _numbers is null || _numbers.TryRead(row[.._layout.Numbers], out fault);
        return TryReadKeys(row[_layout.Numbers..], ref fault) && isUsable;
    }

    public override bool TryRead(List<SlotValue> row, out string? fault)
    {
        fault = null;
        row.Clear();
        var isUsable = _numbers is null || _numbers.TryRead(row, out fault);
        isUsable &= TryReadKeys(_floats, ref fault);
        for (var i = 0; i < _floats.Length; i++)
        {
            if (_floats[i] != 0)
                row.Add(new SlotValue(_layout.Numbers + i, _floats[i]));
        }

        return isUsable;
    }

    private bool TryReadKeys(Span<float> rest, ref string? fault)
    {
        for (var i = 0; i < _getters.Count && fault is null; i++)
        {
            var category = _layout.Categories[i];
            _getters[i](ref _keys);
            if (_keys.Length != category.Slots)
            {
                fault = $"{_keys.Length} keys in column '{category.ColumnName}' instead of {category.Slots}.";
                return false;
            }

            rest[..category.Slots].Clear();
            var translation = _translations[i];
            var values = translation is null ? category.Values : translation.Length - 1;
            foreach (var (slot, key) in _keys.Items())
            {
                if (key > values)
                {
                    fault = $"key {key} in column '{category.ColumnName}' is not one of its {values} values.";
                    return false;
                }

                rest[slot] = translation is null ? key : translation[key];
            }

            rest = rest[category.Slots..];
        }

        return fault is null;
    }
}
