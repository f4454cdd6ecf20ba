using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Inputs;

/// <summary>Reads a vector of floats; all that is missing in it becomes NaN.</summary>
internal sealed class NumberReader(DataViewRow row, DataViewSchema.Column column, InputLayout layout) : InputReader
{
    private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(column);
    private bool _hasGaps;
    private VBuffer<float> _buffer;

    public override bool HasGaps => _hasGaps;

    public override bool TryRead(Span<float> row, out string? fault)
    {
        _getter(ref _buffer);
        fault = _buffer.Length == layout.Numbers ? null : $"{_buffer.Length} features instead of {layout.Numbers}.";
        if (fault is not null)
            return false;

        _buffer.CopyTo(row);
        _hasGaps = MissingNumbers.AnyIn(row);
        if (!_hasGaps)
            return true;

        if (layout.RefusesGaps)
            fault = MissingNumbers.Refusal(row, slot => SlotNames.Of(column, slot), isImage: layout.Image is not null);
        else
            MissingNumbers.Unify(row);
        return fault is null;
    }

    public override bool TryRead(List<SlotValue> row, out string? fault)
    {
        _getter(ref _buffer);
        row.Clear();
        fault = _buffer.Length == layout.Numbers ? null : $"{_buffer.Length} features instead of {layout.Numbers}.";
        if (fault is not null)
            return false;

        var values = _buffer.GetValues();
        var slots = _buffer.IsDense ? [] : _buffer.GetIndices();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] == 0)
                continue;
            row.Add(new SlotValue(slots.IsEmpty ? i : slots[i], values[i]));
        }

        var gap = MissingNumbers.Unify(CollectionsMarshal.AsSpan(row), layout.Numbers);
        _hasGaps = gap is not null;
        if (gap is { } missing && layout.RefusesGaps)
            fault = MissingNumbers.Refusal(missing.Value, SlotNames.Of(column, missing.Slot), isImage: layout.Image is not null);
        return fault is null;
    }
}
