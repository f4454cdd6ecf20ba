using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of a <see cref="BatchNormLayer"/>. Sums over the rows of a batch are in double precision, in the order of the rows: columns are shared out.</summary>
internal sealed unsafe class BatchNormPass : RowPass
{
    /// <summary>Added to variances.</summary>
    public const double Epsilon = 1e-5;

    private const int Lane = 16;
    private const int LanesOfPart = 2;

    private readonly ParameterMemory _weight;
    private readonly ParameterMemory _bias;
    private readonly ParameterMemory _runningMean;
    private readonly ParameterMemory _runningVariance;
    private readonly Func<double> _findMomentum;
    private readonly Func<bool> _takesBatch;
    private readonly KeptWork _forward;
    private readonly KeptWork _backward;
    private readonly AlignedFloats _mean;
    private readonly AlignedFloats _inverse;
    private Matrix _input;
    private Matrix _output;
    private Matrix _gradient;
    private Matrix? _inputGradient;
    private bool _isOfBatch;
    private float _momentum;
    private float* _weights;
    private float* _biases;
    private float* _weightGradients;
    private float* _biasGradients;
    private float* _means;
    private float* _variances;

    /// <param name="units">Numbers of a row.</param>
    /// <param name="weight">Of the units.</param>
    /// <param name="bias">Of the units.</param>
    /// <param name="running">The running mean and variance of the units.</param>
    /// <param name="findMomentum">The part of a batch's statistics in the running ones.</param>
    /// <param name="takesBatch">Whether, while training, rows are normalized by the batch's statistics; else by the running ones, which stay.</param>
    public BatchNormPass(
        int units, ParameterMemory weight, ParameterMemory bias, (ParameterMemory Mean, ParameterMemory Variance) running, Func<double> findMomentum,
        Func<bool> takesBatch)
        : base(units, units)
    {
        (_weight, _bias, _runningMean, _runningVariance) = (weight, bias, running.Mean, running.Variance);
        (_findMomentum, _takesBatch) = (findMomentum, takesBatch);
        (_mean, _inverse) = (new AlignedFloats(units + Lane), new AlignedFloats(units + Lane));
        (_forward, _backward) = (new KeptWork(LanesOfPart, Forward), new KeptWork(LanesOfPart, Backward));
    }

    public override bool JoinsRows => true;

    private int Lanes => (Inputs + Lane - 1) / Lane;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        (_input, _output, _isOfBatch, _momentum) = (input, output, isTraining && _takesBatch(), (float)_findMomentum());
        _weights = _weight.Values;
        _biases = _bias.Values;
        _means = _runningMean.Values;
        _variances = _runningVariance.Values;
        _forward.RunAll(Lanes);
    }

    public override void Backward(Matrix gradient, Matrix? inputGradient)
    {
        (_gradient, _inputGradient) = (gradient, inputGradient);
        _weights = _weight.Values;
        _weightGradients = _weight.Gradients;
        _biasGradients = _bias.Gradients;
        _backward.RunAll(Lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(int firstLane, int lanes)
    {
        for (var column = firstLane * Lane; column < (firstLane + lanes) * Lane; column += Lane)
        {
            var count = Inputs - column;
            var (mean, variance) = _isOfBatch ? Learn(column, count) : (VectorPart.Load(_means + column, count), VectorPart.Load(_variances + column, count));
            var inverse = Vector512<float>.One / Vector512.Sqrt(variance + Vector512.Create((float)Epsilon));
            mean.Store(_mean.Pointer + column);
            inverse.Store(_inverse.Pointer + column);
            var (scale, shift) = (VectorPart.Load(_weights + column, count) * inverse, VectorPart.Load(_biases + column, count));
            for (var row = 0; row < _input.Rows; row++)
                Vector512.FusedMultiplyAdd(Vector512.Load(_input.At(row, column)) - mean, scale, shift).Store(_output.At(row, column));
        }
    }

    // The batch's statistics, which the running ones move to; their variance is without bias.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (Vector512<float> Mean, Vector512<float> Variance) Learn(int column, int count)
    {
        var (sum, squares) = (default(DoubleSum), default(DoubleSum));
        for (var row = 0; row < _input.Rows; row++)
        {
            var (low, high) = Vector512.Widen(Vector512.Load(_input.At(row, column)));
            (sum.Low, sum.High) = (sum.Low + low, sum.High + high);
            (squares.Low, squares.High) = (Vector512.FusedMultiplyAdd(low, low, squares.Low), Vector512.FusedMultiplyAdd(high, high, squares.High));
        }

        var rows = (double)_input.Rows;
        var (meanLow, meanHigh) = (sum.Low / rows, sum.High / rows);
        var mean = Vector512.Narrow(meanLow, meanHigh);
        var variance = Vector512.Max(
            Vector512<float>.Zero, Vector512.Narrow(squares.Low / rows - meanLow * meanLow, squares.High / rows - meanHigh * meanHigh));
        if (_momentum != 0)
        {
            Move(_means + column, mean, 1, count);
            Move(_variances + column, variance, (float)(rows / (rows - 1)), count);
        }

        return (mean, variance);
    }

    private void Move(float* running, Vector512<float> value, float factor, int count)
    {
        for (var i = 0; i < Math.Min(count, Lane); i++)
            running[i] += _momentum * (value[i] * factor - running[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(int firstLane, int lanes)
    {
        for (var column = firstLane * Lane; column < (firstLane + lanes) * Lane; column += Lane)
        {
            var count = Inputs - column;
            var (mean, inverse) = (Vector512.Load(_mean.Pointer + column), Vector512.Load(_inverse.Pointer + column));
            var (sum, product) = (default(DoubleSum), default(DoubleSum));
            for (var row = 0; row < _input.Rows; row++)
            {
                var given = Vector512.Load(_gradient.At(row, column));
                var normalized = (Vector512.Load(_input.At(row, column)) - mean) * inverse;
                sum.Add(given);
                product.Add(given * normalized);
            }

            var (total, weighed) = (Vector512.Narrow(sum.Low, sum.High), Vector512.Narrow(product.Low, product.High));
            VectorPart.Add(_biasGradients + column, total, count);
            VectorPart.Add(_weightGradients + column, weighed, count);
            if (_inputGradient is { } before)
                Reverse(before, column, mean, inverse, (total, weighed));
        }
    }

    // The batch's mean and variance move with each of its rows; running ones do not.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Reverse(Matrix before, int column, Vector512<float> mean, Vector512<float> inverse, (Vector512<float> Plain, Vector512<float> Weighed) sums)
    {
        var share = 1f / _input.Rows;
        var scale = VectorPart.Load(_weights + column, Inputs - column) * inverse;
        var (plain, weighed) = _isOfBatch ? (sums.Plain * share, sums.Weighed * share) : (Vector512<float>.Zero, Vector512<float>.Zero);
        for (var row = 0; row < _input.Rows; row++)
        {
            var normalized = (Vector512.Load(_input.At(row, column)) - mean) * inverse;
            var given = Vector512.Load(_gradient.At(row, column)) - plain;
            (scale * (given - normalized * weighed)).Store(before.At(row, column));
        }
    }

    private struct DoubleSum
    {
        public Vector512<double> Low;
        public Vector512<double> High;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector512<float> value)
        {
            var (low, high) = Vector512.Widen(value);
            (Low, High) = (Low + low, High + high);
        }
    }
}
