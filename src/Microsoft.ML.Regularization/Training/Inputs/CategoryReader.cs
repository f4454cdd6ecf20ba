using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>Reads keys behind the numbers.</summary>
internal sealed class CategoryReader : InputReader
{
    private readonly NumberReader _numbers;
    private readonly InputLayout _layout;
    private readonly List<ValueGetter<VBuffer<uint>>> _getters = [];
    private VBuffer<uint> _keys;

    public CategoryReader(DataViewRow row, NumberReader numbers, IReadOnlyList<DataViewSchema.Column> columns, InputLayout layout)
    {
        _numbers = numbers;
        _layout = layout;
        foreach (var column in columns)
        {
            if (column.Type is VectorDataViewType)
            {
                _getters.Add(row.GetGetter<VBuffer<uint>>(column));
                continue;
            }

            var getter = row.GetGetter<uint>(column);
            _getters.Add((ref VBuffer<uint> keys) =>
            {
                var editor = VBufferEditor.Create(ref keys, 1);
                getter(ref editor.Values[0]);
                keys = editor.Commit();
            });
        }
    }

    public override string WhyUnusable => _numbers.WhyUnusable;

    public override bool TryRead(Span<float> row, out string? fault)
    {
        var isUsable = _numbers.TryRead(row[.._layout.Numbers], out fault);
        var rest = row[_layout.Numbers..];
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
            foreach (var (slot, key) in _keys.Items())
            {
                if (key > category.Values)
                {
                    fault = $"key {key} in column '{category.ColumnName}' is not one of its {category.Values} values.";
                    return false;
                }

                rest[slot] = key;
            }

            rest = rest[category.Slots..];
        }

        return isUsable && fault is null;
    }
}
