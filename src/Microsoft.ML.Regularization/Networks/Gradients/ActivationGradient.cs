using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>An activation of each unit, or <c>x + a (f(x) - x)</c> with an a for each.</summary>
/// <param name="units">How many there are.</param>
/// <param name="mixing">a; null for f alone.</param>
internal sealed unsafe class ActivationGradient<TFormula>(int units, float[]? mixing) : LayerGradient(units, units)
    where TFormula : IActivationFormula
{
    private const int Lane = 16;

    // Whole vectors; those of units that are not there are 0.
    private readonly AlignedFloats _mixing = Mixing(units, mixing);

    public override void Forward(Matrix input, Matrix output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var source = input.At(row, 0);
            var result = output.At(row, 0);
            for (var column = 0; column < Inputs; column += Lane)
            {
                var x = VectorPart.Load(source + column, Inputs - column);
                var (value, _) = TFormula.Of(x);
                VectorPart.Store(result + column, Vector512.FusedMultiplyAdd(Vector512.Load(_mixing.Pointer + column), value - x, x), Inputs - column);
            }
        }
    }

    public override void Backward(Matrix input, Matrix gradient, Matrix inputGradient)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var source = input.At(row, 0);
            var given = gradient.At(row, 0);
            var result = inputGradient.At(row, 0);
            for (var column = 0; column < Inputs; column += Lane)
            {
                var (_, slope) = TFormula.Of(VectorPart.Load(source + column, Inputs - column));
                slope = Vector512.FusedMultiplyAdd(Vector512.Load(_mixing.Pointer + column), slope - Vector512<float>.One, Vector512<float>.One);
                VectorPart.Store(result + column, slope * VectorPart.Load(given + column, Inputs - column), Inputs - column);
            }
        }
    }

    private static AlignedFloats Mixing(int units, float[]? mixing)
    {
        var factors = new AlignedFloats(units + Lane);
        if (mixing is null)
            factors.Span[..units].Fill(1);
        else
            mixing.CopyTo(factors.Span);
        return factors;
    }
}
