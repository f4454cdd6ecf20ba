using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Mixes each row with another one while training, where the step asks for it: see <see cref="HiddenMixing"/>.</summary>
/// <param name="state">The place in the network.</param>
/// <param name="width">Numbers of a row.</param>
/// <param name="members">Rows of each row of the batch.</param>
/// <param name="find">The mixing of the step; null for none.</param>
internal sealed unsafe class MixingPass(int state, int width, int members, Func<HiddenMixing?> find) : RowPass(width, width)
{
    private long[] _partners = [];
    private float _share;

    /// <summary>The pass of a state; none where nothing is ever mixed.</summary>
    public static IEnumerable<RowPass> At(int state, int width, Func<HiddenMixing?>? find, int members = 1) =>
        find is null ? [] : [new MixingPass(state, width, members, find)];

    public override bool JoinsRows => true;

    public override bool Learns => false;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        var mixing = isTraining && find() is { } step && step.State == state ? step : null;
        _partners = mixing is null ? [] : [.. MemoryMarshal.Cast<byte, long>(mixing.Partners.bytes)];
        _share = (float)(mixing?.Lambda ?? 1);
        for (var row = 0; row < input.Rows; row++)
        {
            Row(input, row).CopyTo(Row(output, row));
            if (mixing is not null)
                Mix(Row(output, row), _share, Row(input, PartnerOf(row)), Row(output, row));
        }
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        if (inputGradient is not { } before)
            return;
        for (var row = 0; row < gradient.Rows; row++)
            TensorPrimitives.Multiply(Row(gradient, row), _share, Row(before, row));
        for (var row = 0; row < _partners.Length * members; row++)
            TensorPrimitives.MultiplyAdd(Row(gradient, row), 1 - _share, Row(before, PartnerOf(row)), Row(before, PartnerOf(row)));
    }

    private int PartnerOf(int row) => (int)_partners[row / members] * members + row % members;

    private static void Mix(ReadOnlySpan<float> own, float share, ReadOnlySpan<float> partner, Span<float> result)
    {
        TensorPrimitives.Multiply(own, share, result);
        TensorPrimitives.MultiplyAdd(partner, 1 - share, result, result);
    }

    private Span<float> Row(Matrix rows, int row) => new(rows.At(row, 0), Inputs);
}
