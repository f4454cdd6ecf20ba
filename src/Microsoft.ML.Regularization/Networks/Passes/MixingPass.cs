using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Mixes each row with another one while training, where the step asks for it: see <see cref="HiddenMixing"/>.</summary>
/// <param name="width">Numbers of a row.</param>
/// <param name="find">The mixing of the step at this place; null for none.</param>
internal sealed unsafe class MixingPass(int width, Func<HiddenMixing?> find) : RowPass(width, width)
{
    private long[] _partners = [];
    private float _share;

    public override bool Learns => false;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        var mixing = isTraining ? find() : null;
        _partners = mixing is null ? [] : [.. MemoryMarshal.Cast<byte, long>(mixing.Partners.bytes)];
        _share = (float)(mixing?.Lambda ?? 1);
        for (var row = 0; row < input.Rows; row++)
        {
            Row(input, row).CopyTo(Row(output, row));
            if (mixing is not null)
                Mix(Row(output, row), _share, Row(input, (int)_partners[row]), Row(output, row));
        }
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        if (inputGradient is not { } before)
            return;
        for (var row = 0; row < gradient.Rows; row++)
            TensorPrimitives.Multiply(Row(gradient, row), _share, Row(before, row));
        for (var row = 0; row < _partners.Length; row++)
            TensorPrimitives.MultiplyAdd(Row(gradient, row), 1 - _share, Row(before, (int)_partners[row]), Row(before, (int)_partners[row]));
    }

    private static void Mix(ReadOnlySpan<float> own, float share, ReadOnlySpan<float> partner, Span<float> result)
    {
        TensorPrimitives.Multiply(own, share, result);
        TensorPrimitives.MultiplyAdd(partner, 1 - share, result, result);
    }

    private Span<float> Row(Matrix rows, int row) => new(rows.At(row, 0), Inputs);
}
