using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>Reads rows to score in the form that the network reads, with missing numbers filled in. For one thread.</summary>
internal sealed class RowInput(IExceptionContext context, TrainedNetwork network, InputColumns columns, DataViewRow row)
{
    private readonly InputReader _reader = columns.Open(row);
    private readonly Imputation? _imputation = network.Outcome.Imputation;
    private readonly float[] _read = new float[columns.Layout.Width];
    private readonly float[] _floats = new float[network.FilledInput.Width];
    private readonly List<SlotValue> _sparse = [];
    private readonly List<SlotValue> _filled = [];

    /// <summary>Those of the cursor's current row that are not 0.</summary>
    public ReadOnlySpan<SlotValue> ReadSparse()
    {
        _reader.TryRead(_sparse, out var fault);
        Check(fault);
        var values = CollectionsMarshal.AsSpan(_sparse);
        return _imputation is not null && (_reader.HasGaps || _imputation.ChangesCompleteRows) ? _imputation.Apply(values, _filled) : values;
    }

    /// <summary>The floats of the cursor's current row.</summary>
    public ReadOnlySpan<float> Read()
    {
        Read(_floats);
        return _floats;
    }

    /// <param name="floats">Receives the floats of the cursor's current row.</param>
    public void Read(Span<float> floats)
    {
        // Most rows have no gaps and are read directly into the result.
        var target = _imputation is { ChangesCompleteRows: true } ? _read : floats;
        _reader.TryRead(target, out var fault);
        Check(fault);
        if (target == floats && !_reader.HasGaps)
            return;

        if (target == floats)
            floats.CopyTo(_read);
        _imputation?.Apply(_read, floats);
    }

    /// <summary>Refuses outputs that are not numbers, for a row that was read.</summary>
    /// <param name="outputs">The network's outputs.</param>
    /// <param name="position">The row's place in its view.</param>
    public void CheckOutputs(ReadOnlySpan<float> outputs, long position)
    {
        if (!MissingNumbers.AnyIn(outputs))
            return;

        throw context.Except(
            $"Column '{columns.Name}', row {position}: the network's outputs are not finite, because features of this row are too large to compute with. "
            + $"Train with an {nameof(InputScaling)} other than {InputScaling.None}, or scale them before.");
    }

    private void Check(string? fault)
    {
        if (fault is not null)
            throw context.Except($"Column '{columns.Name}', row {row.Position}: {fault}");
    }
}
