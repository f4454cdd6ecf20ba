using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The noise of a layer's units: the same numbers as its torch module takes in the same step.</summary>
/// <param name="noise">Draws it; null for none.</param>
/// <param name="units">Of a row.</param>
/// <param name="tokens">Which tokens the rows are; null where they are rows of the batch.</param>
internal sealed unsafe class UnitNoise(MultiplicativeNoiseLayer? noise, int units, TokenRows? tokens = null)
{
    private const int Slack = 16;

    private AlignedFloats? _memory;
    private AlignedFloats? _part;

    /// <inheritdoc cref="MultiplicativeNoiseLayer.Offsets"/>
    public (float Before, float Behind) Offsets => noise?.Offsets ?? default;

    /// <summary>Whether it draws a layer's noise, or there is none.</summary>
    public static bool Draws(nn.Module<Tensor, Tensor>? layer, out MultiplicativeNoiseLayer? noise)
    {
        noise = layer as MultiplicativeNoiseLayer;
        return layer is null || noise is { HasOwnFactors: true };
    }

    /// <summary>(rows, units), and behind the last row a vector of whatever; null where there is none.</summary>
    /// <param name="firstRow">Which of the batch's rows is the first of them.</param>
    /// <param name="rows">How many rows.</param>
    public Matrix? Draw(int firstRow, int rows)
    {
        if (noise is null)
            return null;
        return tokens is null || tokens.IsComplete ? DrawRows(noise, tokens?.FirstPaddedRow ?? firstRow, rows) : DrawTokens(noise, tokens);
    }

    private Matrix DrawRows(MultiplicativeNoiseLayer layer, int firstRow, int rows)
    {
        var first = checked(firstRow * units);
        var before = first % MultiplicativeNoiseLayer.PartStart;
        var memory = AlignedFloats.Ensure(ref _memory, checked(before + rows * units + Slack));
        layer.Draw(memory.Span[..(before + rows * units)], first - before);
        return new Matrix(memory.Pointer + before, rows, units);
    }

    // Numbered as if all tokens were there; those of a sequence between which none is absent come at once.
    private Matrix DrawTokens(MultiplicativeNoiseLayer layer, TokenRows present)
    {
        var memory = AlignedFloats.Ensure(ref _memory, checked(present.Rows * units + Slack));
        for (var sequence = 0; sequence < present.Sequences; sequence++)
        {
            var end = present.StartOf(sequence) + present.LengthOf(sequence);
            for (int row = present.StartOf(sequence), count; row < end; row += count)
            {
                for (count = 1; row + count < end && present.PlaceOf(row + count) == present.PlaceOf(row) + count; count++)
                {
                }

                var first = checked(present.PaddedRowOf(sequence, row) * units);
                var before = first % MultiplicativeNoiseLayer.PartStart;
                var part = AlignedFloats.Ensure(ref _part, before + present.Places * units).Span[..(before + count * units)];
                layer.Draw(part, first - before);
                part[before..].CopyTo(memory.Span[(row * units)..]);
            }
        }

        return new Matrix(memory.Pointer, present.Rows, units);
    }
}
