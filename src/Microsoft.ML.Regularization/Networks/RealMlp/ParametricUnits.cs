using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The <see cref="ParametricHiddenLayer"/> behind its product: <c>noise * (h + a (f(h) - h))</c> of <c>h = factor * sum + rate * bias</c>.</summary>
/// <param name="units">How many there are.</param>
/// <param name="factor">Of the sums.</param>
/// <param name="bias">Of the units.</param>
/// <param name="mixing">Of the units.</param>
/// <param name="noise">Null for none.</param>
internal sealed unsafe class ParametricUnits<TFormula>(
    int units, float factor, ParameterMemory bias, ParameterMemory mixing, MultiplicativeNoiseLayer? noise) : DenseUnits(units)
    where TFormula : struct, IActivationFormula
{
    private const float BiasRate = (float)TangentLayer.BiasRate;
    private const float MixingRate = (float)ParametricActivationLayer.Rate;

    private readonly UnitNoise _noise = new(noise, units);
    private readonly KeptRows _slopes = new(units);
    private readonly KeptRows _differences = new(units);
    private float* _bias;
    private float* _mixing;
    private float* _biasGradient;
    private float* _mixingGradient;
    private Matrix? _mask;
    private Matrix _slope;
    private Matrix _difference;
    private (float Before, float Behind) _offsets;
    private bool _isTraining;

    public override void Begin(int firstRow, int rows, bool isTraining)
    {
        _bias = bias.Values;
        _mixing = mixing.Values;
        _isTraining = isTraining;
        if (!isTraining)
            return;
        (_slope, _difference) = (_slopes.Of(rows), _differences.Of(rows));
        _mask = _noise.Draw(firstRow, rows);
        _offsets = _noise.Offsets;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Apply(Matrix rows, int row, int column)
    {
        var scale = Vector512.Create(factor);
        var (before, behind) = (Vector512.Create(_offsets.Before), Vector512.Create(_offsets.Behind));
        for (var first = 0; first < rows.Columns; first += Lane)
        {
            var (shift, share) = (Part(_bias) * BiasRate, Part(_mixing) * MixingRate);
            for (var i = 0; i < rows.Rows; i++)
            {
                var place = rows.At(i, first);
                var sum = Vector512.FusedMultiplyAdd(Vector512.Load(place), scale, shift);
                var (value, slope) = TFormula.Of(sum);
                var difference = value - sum;
                value = Vector512.FusedMultiplyAdd(share, difference, sum);
                if (_isTraining)
                {
                    slope = Vector512.FusedMultiplyAdd(share, slope - Vector512<float>.One, Vector512<float>.One);
                    if (_mask is { } mask)
                    {
                        var factors = Vector512.Load(mask.At(row + i, column + first));
                        (value, slope, difference) = ((value - before) * factors + behind, slope * factors, difference * factors);
                    }

                    slope.Store(_slope.At(row + i, column + first));
                    difference.Store(_difference.At(row + i, column + first));
                }

                value.Store(place);
            }

            Vector512<float> Part(float* parameters) => VectorPart.Load(parameters + column + first, rows.Columns - first);
        }
    }

    protected override void BeginReversal()
    {
        _biasGradient = bias.Gradients;
        _mixingGradient = mixing.Gradients;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Reverse(Matrix gradient, int column, int count)
    {
        var (sum, mixed) = (Vector512<float>.Zero, Vector512<float>.Zero);
        for (var i = 0; i < gradient.Rows; i++)
        {
            var place = gradient.At(i, column);
            var given = Vector512.Load(place);
            mixed = Vector512.FusedMultiplyAdd(given, Vector512.Load(_difference.At(i, column)), mixed);
            var before = given * Vector512.Load(_slope.At(i, column));
            sum += before;
            (before * factor).Store(place);
        }

        VectorPart.Add(_biasGradient + column, sum * BiasRate, count);
        VectorPart.Add(_mixingGradient + column, mixed * MixingRate, count);
    }
}
