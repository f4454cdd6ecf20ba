using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Rows times a learned factor for each number, of each of some members: the rows of all members, those of a row one behind the other.</summary>
internal sealed unsafe class FactorPass : RowPass
{
    private const int Lane = 16;

    // As many as pay for another thread.
    private const int LanesOfPart = 4;
    private const int RowsOfPart = 64;

    private readonly int _members;
    private readonly float _rate;
    private readonly ParameterMemory _factor;
    private readonly KeptWork _forward;
    private readonly KeptWork _backward;
    private Matrix _input;
    private Matrix _output;
    private Matrix _gradient;
    private Matrix? _inputGradient;
    private float* _factors;
    private float* _sums;

    /// <param name="members">How many; 1 where there are none.</param>
    /// <param name="width">Numbers of a row.</param>
    /// <param name="factor">(members, width): the factors divided by the rate.</param>
    /// <param name="rate">What the factors are stored divided by.</param>
    public FactorPass(int members, int width, ParameterMemory factor, float rate = 1)
        : base(width, width)
    {
        (_members, _factor, _rate) = (members, factor, rate);

        // Sums over rows are added in the order of the rows: columns are shared out.
        _forward = new KeptWork(Math.Max(1, RowsOfPart / members), Forward);
        _backward = new KeptWork(Math.Max(1, LanesOfPart / members), Backward);
    }

    public override int RowsOfRow => _members;

    private int Lanes => (Inputs + Lane - 1) / Lane;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output) = (input, output);
        _factors = _factor.Values;
        _forward.RunAll(input.Rows);
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        (_gradient, _inputGradient) = (gradient, inputGradient);
        _factors = _factor.Values;
        _sums = _factor.Gradients;
        _backward.RunAll(Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            for (var member = 0; member < _members; member++)
            {
                var factors = _factors + (nint)member * Inputs;
                var output = _output.At(row * _members + member, 0);
                for (var column = 0; column < Inputs; column += Lane)
                    (InputAt(row, column) * (VectorPart.Load(factors + column, Inputs - column) * _rate)).Store(output + column);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int firstLane, int lanes)
    {
        for (var column = firstLane * Lane; column < (firstLane + lanes) * Lane; column += Lane)
        {
            for (var member = 0; member < _members; member++)
            {
                var factor = VectorPart.Load(_factors + (nint)member * Inputs + column, Inputs - column) * _rate;
                var sum = Vector512<float>.Zero;
                for (var row = 0; row < _gradient.Rows / _members; row++)
                {
                    var given = Vector512.Load(_gradient.At(row * _members + member, column));
                    sum = Vector512.FusedMultiplyAdd(given, InputAt(row, column), sum);
                    if (_inputGradient is { } before)
                    {
                        var place = before.At(row, column);
                        (member == 0 ? given * factor : Vector512.FusedMultiplyAdd(given, factor, Vector512.Load(place))).Store(place);
                    }
                }

                VectorPart.Add(_sums + (nint)member * Inputs + column, sum * _rate, Inputs - column);
            }
        }
    }

    // The input may be the rows as they come, whose memory ends with the last of them.
    private Vector512<float> InputAt(int row, int column) => VectorPart.Load(_input.At(row, column), Inputs - column);
}
