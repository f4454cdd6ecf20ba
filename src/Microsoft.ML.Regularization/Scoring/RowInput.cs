using System.Runtime.InteropServices;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Reads rows to score. A row that training would leave out is scored all the same: what is not finite gives scores that are not. For one thread.
/// </summary>
internal sealed class RowInput(IExceptionContext context, InputColumns columns, DataViewRow row)
{
    private readonly InputReader _reader = columns.Open(row);
    private readonly float[] _floats = new float[columns.Layout.Width];
    private readonly List<SlotValue> _sparse = [];

    /// <summary>Those of the row that the cursor stands on that are not 0.</summary>
    public ReadOnlySpan<SlotValue> ReadSparse()
    {
        _reader.TryRead(_sparse, out var fault);
        Check(fault);
        return CollectionsMarshal.AsSpan(_sparse);
    }

    /// <summary>The floats of the row that the cursor stands on.</summary>
    public ReadOnlySpan<float> Read()
    {
        Read(_floats);
        return _floats;
    }

    /// <param name="floats">Receives the floats of the row that the cursor stands on.</param>
    public void Read(Span<float> floats)
    {
        _reader.TryRead(floats, out var fault);
        Check(fault);
    }

    private void Check(string? fault)
    {
        if (fault is not null)
            throw context.Except($"Column '{columns.Name}', row {row.Position}: {fault}");
    }
}
