using System.Numerics.Tensors;
using Microsoft.ML.Data;

namespace Microsoft.ML.Regularization;

/// <summary>Reads a vector of floats.</summary>
internal sealed class NumberReader(DataViewRow row, DataViewSchema.Column column, int count) : InputReader
{
    private readonly ValueGetter<VBuffer<float>> _getter = row.GetGetter<VBuffer<float>>(column);
    private VBuffer<float> _buffer;

    public override string WhyUnusable => "are not finite";

    public override bool TryRead(Span<float> row, out string? fault)
    {
        _getter(ref _buffer);
        fault = _buffer.Length == count ? null : $"{_buffer.Length} features instead of {count}.";
        if (fault is not null)
            return false;

        _buffer.CopyTo(row);
        return count == 0 || float.IsFinite(TensorPrimitives.MaxMagnitude<float>(row[..count]));
    }

    public override bool TryRead(List<SlotValue> row, out string? fault)
    {
        _getter(ref _buffer);
        row.Clear();
        fault = _buffer.Length == count ? null : $"{_buffer.Length} features instead of {count}.";
        if (fault is not null)
            return false;

        var values = _buffer.GetValues();
        var isFinite = true;
        var slots = _buffer.IsDense ? [] : _buffer.GetIndices();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i] == 0)
                continue;
            isFinite &= float.IsFinite(values[i]);
            row.Add(new SlotValue(slots.IsEmpty ? i : slots[i], values[i]));
        }

        return isFinite;
    }
}
