using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary><c>noise * f(sum + bias)</c>.</summary>
/// <param name="units">How many there are.</param>
/// <param name="bias">Of the units; null for none.</param>
/// <param name="noise">Behind the activation.</param>
internal sealed unsafe class ActivationUnits<TFormula>(
    int units, ParameterMemory? bias, UnitNoise noise) : DenseUnits(units)
    where TFormula : struct, IActivationFormula
{
    private readonly KeptRows _slopes = new(units);
    private float* _bias;
    private float* _biasGradient;
    private Matrix? _mask;
    private Matrix _slope;
    private (float Before, float Behind) _offsets;
    private bool _isTraining;

    public override bool Learns => bias is { Learns: true };

    public override void Begin(int firstRow, int rows, bool isTraining)
    {
        _bias = bias is null ? null : bias.Values;
        _isTraining = isTraining;
        if (!isTraining)
            return;
        _slope = _slopes.Of(rows);
        _mask = noise.Draw(firstRow, rows);
        _offsets = noise.Offsets;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(Matrix rows, int row, int column)
    {
        var (before, behind) = (Vector512.Create(_offsets.Before), Vector512.Create(_offsets.Behind));
        for (var first = 0; first < rows.Columns; first += Lane)
        {
            var shift = _bias is null ? Vector512<float>.Zero : VectorPart.Load(_bias + column + first, rows.Columns - first);
            for (var i = 0; i < rows.Rows; i++)
            {
                var place = rows.At(i, first);
                var (value, slope) = TFormula.Of(Vector512.Load(place) + shift);
                if (_isTraining)
                {
                    if (_mask is { } mask)
                    {
                        var factors = Vector512.Load(mask.At(row + i, column + first));
                        (value, slope) = ((value - before) * factors + behind, slope * factors);
                    }

                    slope.Store(_slope.At(row + i, column + first));
                }

                value.Store(place);
            }
        }
    }

    protected override void BeginReversal() => _biasGradient = bias is null ? null : bias.Gradients;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Reverse(Matrix gradient, int column, int count)
    {
        var sum = Vector512<float>.Zero;
        for (var i = 0; i < gradient.Rows; i++)
        {
            var place = gradient.At(i, column);
            var before = Vector512.Load(place) * Vector512.Load(_slope.At(i, column));
            sum += before;
            before.Store(place);
        }

        if (_biasGradient is not null)
            VectorPart.Add(_biasGradient + column, sum, count);
    }
}
