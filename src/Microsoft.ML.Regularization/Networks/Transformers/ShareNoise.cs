using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The noise on attention's shares. It is numbered as if all tokens were there: (batch, heads, places, places).</summary>
/// <param name="noise">Draws it.</param>
/// <param name="heads">Heads.</param>
/// <param name="tokens">The tokens.</param>
internal sealed class ShareNoise(MultiplicativeNoiseLayer noise, int heads, TokenRows tokens)
{
    [ThreadStatic]
    private static AlignedFloats? t_drawn;

    /// <summary>Multiplies what belongs to a head's shares by their noise.</summary>
    /// <param name="shares">Some rows of (tokens, tokens) of a sequence.</param>
    /// <param name="sequence">Which one.</param>
    /// <param name="head">Which head.</param>
    /// <param name="firstRow">Which of the sequence's rows is the first of them.</param>
    public void Multiply(Matrix shares, int sequence, int head, int firstRow)
    {
        var start = tokens.StartOf(sequence);
        var (first, last) = (tokens.PlaceOf(start), tokens.PlaceOf(start + shares.Columns - 1));
        for (var row = 0; row < shares.Rows; row++)
        {
            var line = ((long)(tokens.FirstSequence + sequence) * heads + head) * tokens.Places + tokens.PlaceOf(start + firstRow + row);
            var from = checked((int)(line * tokens.Places + first));
            var before = from % MultiplicativeNoiseLayer.PartStart;
            var drawn = AlignedFloats.Ensure(ref t_drawn, before + last - first + 1).Span[..(before + last - first + 1)];
            noise.Draw(drawn, from - before);
            var own = shares.RowSpan(row);
            var factors = drawn[before..];
            if (factors.Length == own.Length)
            {
                TensorPrimitives.Multiply(own, factors, own);
                continue;
            }

            for (var column = 0; column < own.Length; column++)
                own[column] *= factors[tokens.PlaceOf(start + column) - first];
        }
    }
}
