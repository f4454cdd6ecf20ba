using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The noise of a layer's units: the same numbers as its torch module takes in the same step.</summary>
/// <param name="noise">Draws it; null for none.</param>
/// <param name="units">Of a row.</param>
internal sealed unsafe class UnitNoise(MultiplicativeNoiseLayer? noise, int units)
{
    private AlignedFloats? _memory;

    /// <inheritdoc cref="MultiplicativeNoiseLayer.Offsets"/>
    public (float Before, float Behind) Offsets => noise?.Offsets ?? default;

    /// <summary>(rows, units), and behind the last row a vector of whatever; null where there is none.</summary>
    /// <param name="firstRow">Which of the batch's rows is the first of them.</param>
    /// <param name="rows">How many rows.</param>
    public Matrix? Draw(int firstRow, int rows)
    {
        if (noise is null)
            return null;

        const int Slack = 16;
        var first = checked(firstRow * units);
        var before = first % MultiplicativeNoiseLayer.PartStart;
        var memory = AlignedFloats.Ensure(ref _memory, checked(before + rows * units + Slack));
        noise.Draw(memory.Span[..(before + rows * units)], first - before);
        return new Matrix(memory.Pointer + before, rows, units);
    }
}
