namespace Microsoft.ML.Regularization.Inputs;

/// <summary>
/// An <see cref="InputScaler"/> of sparse rows. A slot whose center is 0 stays 0 where it is; the others, which are those that most rows have, are written in
/// every row. So a sparse row is scaled to exactly what a dense one is.
/// </summary>
internal sealed class SparseScaler
{
    private readonly InputScaler _scaler;
    private readonly SlotValue[] _centred;

    public SparseScaler(InputScaler scaler)
    {
        _scaler = scaler;
        _centred =
        [
            .. Enumerable.Range(0, scaler.Center.Length).Where(slot => scaler.Center[slot] != 0)
                .Select(slot => new SlotValue(slot, Scale(slot, 0))).Where(centred => centred.Value != 0),
        ];
    }

    /// <summary>Appends the numbers that are not 0 on the new scale.</summary>
    /// <param name="row">By ascending slots.</param>
    /// <param name="slots">Receives their slots.</param>
    /// <param name="values">Receives their numbers.</param>
    public void Apply(ReadOnlySpan<SlotValue> row, List<int> slots, List<float> values)
    {
        var next = 0;
        foreach (var (slot, value) in row)
        {
            for (; next < _centred.Length && _centred[next].Slot <= slot; next++)
            {
                if (_centred[next].Slot < slot)
                    Write(_centred[next].Slot, _centred[next].Value);
            }

            Write(slot, Scale(slot, value));
        }

        for (; next < _centred.Length; next++)
            Write(_centred[next].Slot, _centred[next].Value);

        void Write(int slot, float value)
        {
            if (value == 0)
                return;
            slots.Add(slot);
            values.Add(value);
        }
    }

    private float Scale(int slot, float value)
    {
        var scaled = (value - _scaler.Center[slot]) * _scaler.Factor[slot];
        return _scaler.Clips ? InputScaler.ClipSmoothly(scaled) : Math.Clamp(scaled, -InputScaler.Largest, InputScaler.Largest);
    }
}
