using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary><c>factor * sum + rate * bias</c>.</summary>
/// <param name="units">How many there are.</param>
/// <param name="factor">Of the sums.</param>
/// <param name="bias">Of the units.</param>
/// <param name="biasRate">What stored biases are multiplied by.</param>
internal sealed unsafe class AffineUnits(int units, float factor, ParameterMemory bias, float biasRate) : DenseUnits(units)
{
    private float* _bias;
    private float* _biasGradient;

    public override bool Learns => bias.Learns;

    public override void Begin(int firstRow, int rows, bool isTraining) => _bias = bias.Values;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(Matrix rows, int row, int column)
    {
        var scale = Vector512.Create(factor);
        for (var first = 0; first < rows.Columns; first += Lane)
        {
            var shift = VectorPart.Load(_bias + column + first, rows.Columns - first) * biasRate;
            for (var i = 0; i < rows.Rows; i++)
                Vector512.FusedMultiplyAdd(Vector512.Load(rows.At(i, first)), scale, shift).Store(rows.At(i, first));
        }
    }

    protected override void BeginReversal() => _biasGradient = bias.Gradients;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Reverse(Matrix gradient, int column, int count)
    {
        var sum = Vector512<float>.Zero;
        for (var i = 0; i < gradient.Rows; i++)
        {
            var place = gradient.At(i, column);
            var given = Vector512.Load(place);
            sum += given;
            (given * factor).Store(place);
        }

        VectorPart.Add(_biasGradient + column, sum * biasRate, count);
    }
}
