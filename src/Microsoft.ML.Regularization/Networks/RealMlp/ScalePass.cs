using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of a <see cref="ScaleLayer"/>.</summary>
internal sealed unsafe class ScalePass : RowPass
{
    private const int Lane = 16;
    private const float Rate = (float)ScaleLayer.Rate;

    private readonly ParameterMemory _factor;
    private readonly KeptWork _forward;
    private readonly KeptWork _backward;
    private Matrix _input;
    private Matrix _output;
    private Matrix _gradient;
    private Matrix? _inputGradient;
    private float* _factors;
    private float* _sums;

    public ScalePass(int units, ParameterMemory factor)
        : base(units, units)
    {
        _factor = factor;

        // Sums over rows are added in the order of the rows: columns are shared out.
        (_forward, _backward) = (new KeptWork(range: 4, Forward), new KeptWork(range: 4, Backward));
    }

    private int Lanes => (Inputs + Lane - 1) / Lane;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output) = (input, output);
        _factors = _factor.Values;
        _forward.RunAll(Lanes);
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        (_gradient, _inputGradient) = (gradient, inputGradient);
        _factors = _factor.Values;
        _sums = _factor.Gradients;
        _backward.RunAll(Lanes);
    }

    private void Forward(int firstLane, int lanes)
    {
        for (var column = firstLane * Lane; column < (firstLane + lanes) * Lane; column += Lane)
        {
            var factor = VectorPart.Load(_factors + column, Inputs - column) * Rate;
            for (var i = 0; i < _output.Rows; i++)
                (InputAt(i, column) * factor).Store(_output.At(i, column));
        }
    }

    private void Backward(int firstLane, int lanes)
    {
        for (var column = firstLane * Lane; column < (firstLane + lanes) * Lane; column += Lane)
        {
            var factor = VectorPart.Load(_factors + column, Inputs - column) * Rate;
            var sum = Vector512<float>.Zero;
            for (var i = 0; i < _gradient.Rows; i++)
            {
                var given = Vector512.Load(_gradient.At(i, column));
                sum = Vector512.FusedMultiplyAdd(given, InputAt(i, column), sum);
                if (_inputGradient is { } before)
                    (given * factor).Store(before.At(i, column));
            }

            VectorPart.Add(_sums + column, sum * Rate, Inputs - column);
        }
    }

    // The input may be the rows as they come, whose memory ends with the last of them.
    private Vector512<float> InputAt(int row, int column) => VectorPart.Load(_input.At(row, column), Inputs - column);
}
