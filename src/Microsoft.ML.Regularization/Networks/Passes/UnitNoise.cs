using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The noise of a layer's units: the same numbers as its torch module takes in the same step.</summary>
/// <param name="noise">Draws it; null for none.</param>
/// <param name="units">Of a row.</param>
internal sealed unsafe class UnitNoise(MultiplicativeNoiseLayer? noise, int units)
{
    private AlignedFloats? _memory;

    /// <summary>(rows, units), and behind the last row a vector of whatever; null where there is none.</summary>
    public Matrix? Draw(int rows)
    {
        if (noise is null)
            return null;

        const int Slack = 16;
        var memory = AlignedFloats.Ensure(ref _memory, checked(rows * units + Slack));
        noise.Draw(memory.Span[..(rows * units)]);
        return new Matrix(memory.Pointer, rows, units);
    }
}
