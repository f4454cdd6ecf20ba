using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of a <see cref="LayerNormLayer"/>.</summary>
internal sealed unsafe class LayerNormPass : RowPass
{
    private const int Lane = 16;
    private const int LanesOfPart = 2;
    private const int RowsOfPart = 32;

    private readonly double _epsilon;
    private readonly ParameterMemory _weight;
    private readonly ParameterMemory _bias;
    private readonly KeptWork _forward;
    private readonly KeptWork _backward;
    private readonly KeptWork _sum;
    private float[] _means = [];
    private float[] _inverses = [];
    private Matrix _input;
    private Matrix _output;
    private Matrix _gradient;
    private Matrix _inputGradient;
    private float* _weights;
    private float* _biases;
    private float* _weightGradients;
    private float* _biasGradients;

    /// <param name="units">Numbers of a row.</param>
    /// <param name="weight">Of the units.</param>
    /// <param name="bias">Of the units.</param>
    /// <param name="epsilon">Is added to variances.</param>
    public LayerNormPass(int units, ParameterMemory weight, ParameterMemory bias, double epsilon)
        : base(units, units)
    {
        (_weight, _bias, _epsilon) = (weight, bias, epsilon);
        (_forward, _backward, _sum) = (new KeptWork(RowsOfPart, Forward), new KeptWork(RowsOfPart, Backward), new KeptWork(LanesOfPart, Sum));
    }

    public override bool Learns => _weight.Learns || _bias.Learns;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output) = (input, output);
        _weights = _weight.Values;
        _biases = _bias.Values;
        if (_means.Length < input.Rows)
            (_means, _inverses) = (new float[input.Rows], new float[input.Rows]);
        _forward.RunAll(input.Rows);
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        _gradient = gradient;
        _weights = _weight.Values;
        _weightGradients = _weight.Gradients;
        _biasGradients = _bias.Gradients;
        if (Learns)
            _sum.RunAll((Inputs + Lane - 1) / Lane);
        if (inputGradient is not { } before)
            return;
        _inputGradient = before;
        _backward.RunAll(gradient.Rows);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            var (mean, inverse) = Moments(_input.At(row, 0));
            (_means[row], _inverses[row]) = (mean, inverse);
            var (center, scale) = (Vector512.Create(mean), Vector512.Create(inverse));
            for (var column = 0; column < Inputs; column += Lane)
            {
                var normalized = (Vector512.Load(_input.At(row, column)) - center) * scale;
                Vector512.FusedMultiplyAdd(normalized, Part(_weights, column), Part(_biases, column)).Store(_output.At(row, column));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (float Mean, float Inverse) Moments(float* row)
    {
        var (sum, squares) = (Vector512<double>.Zero, Vector512<double>.Zero);
        for (var column = 0; column < Inputs; column += Lane)
        {
            var (low, high) = Vector512.Widen(Part(row, column));
            sum += low + high;
            squares += low * low + high * high;
        }

        var mean = Vector512.Sum(sum) / Inputs;
        var variance = Math.Max(0, Vector512.Sum(squares) / Inputs - mean * mean);
        return ((float)mean, (float)(1 / Math.Sqrt(variance + _epsilon)));
    }

    // The row's mean and variance move with each of its numbers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int firstRow, int rows)
    {
        for (var row = firstRow; row < firstRow + rows; row++)
        {
            var given = _gradient.At(row, 0);
            var source = _input.At(row, 0);
            var result = _inputGradient.At(row, 0);
            var (center, scale) = (Vector512.Create(_means[row]), Vector512.Create(_inverses[row]));
            var (sum, product) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var column = 0; column < Inputs; column += Lane)
            {
                var slope = Part(given, column) * Part(_weights, column);
                sum += slope;
                product = Vector512.FusedMultiplyAdd(slope, (Part(source, column) - center) * scale, product);
            }

            var (plain, weighed) = (Vector512.Create(Vector512.Sum(sum) / Inputs), Vector512.Create(Vector512.Sum(product) / Inputs));
            for (var column = 0; column < Inputs; column += Lane)
            {
                var normalized = (Vector512.Load(source + column) - center) * scale;
                var slope = Vector512.Load(given + column) * Part(_weights, column) - plain;
                (scale * (slope - normalized * weighed)).Store(result + column);
            }
        }
    }

    // Sums over rows are added in the order of the rows: columns are shared out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Sum(int firstLane, int lanes)
    {
        for (var column = firstLane * Lane; column < (firstLane + lanes) * Lane; column += Lane)
        {
            var (sum, product) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var row = 0; row < _input.Rows; row++)
            {
                var given = Vector512.Load(_gradient.At(row, column));
                var normalized = (Vector512.Load(_input.At(row, column)) - Vector512.Create(_means[row])) * Vector512.Create(_inverses[row]);
                sum += given;
                product = Vector512.FusedMultiplyAdd(given, normalized, product);
            }

            VectorPart.Add(_biasGradients + column, sum, Inputs - column);
            VectorPart.Add(_weightGradients + column, product, Inputs - column);
        }
    }

    private Vector512<float> Part(float* row, int column) => VectorPart.Load(row + column, Inputs - column);
}
