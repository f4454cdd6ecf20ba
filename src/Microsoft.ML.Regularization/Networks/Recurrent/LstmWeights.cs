using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The parameters of LSTM units that train in managed code, as factors of products with rows of states, a step's numbers and a 1, which stands for the biases.
/// States and gates are filled up with zeros to whole vectors.
/// </summary>
internal sealed unsafe class LstmWeights
{
    /// <summary>Write, keep, candidate, read.</summary>
    public const int Gates = 4;

    private const int Lane = 16;

    private readonly int _inputs;
    private readonly int _units;
    private readonly ParameterMemory _inputWeight;
    private readonly ParameterMemory _recurrentWeight;
    private readonly ParameterMemory _inputBias;
    private readonly ParameterMemory _recurrentBias;
    private readonly AlignedFloats _factor;
    private readonly AlignedFloats _sums;

    /// <param name="inputs">Numbers of a step.</param>
    /// <param name="units">How many units there are.</param>
    /// <param name="weights">Of inputs (4 * units, inputs) and of states (4 * units, units).</param>
    /// <param name="biases">The same, (4 * units) each.</param>
    public LstmWeights(int inputs, int units, (ParameterMemory Inputs, ParameterMemory States) weights, (ParameterMemory Inputs, ParameterMemory States) biases)
    {
        (_inputs, _units, Padded) = (inputs, units, (units + Lane - 1) / Lane * Lane);
        ((_inputWeight, _recurrentWeight), (_inputBias, _recurrentBias)) = (weights, biases);

        // What is not filled stays 0.
        _factor = new AlignedFloats(GateWidth * StateWidth);
        _sums = new AlignedFloats(GateWidth * StateWidth);
        (Ahead, Back) = (new PackedMatrix(StateWidth, GateWidth), new PackedMatrix(GateWidth, BackWidth));
    }

    /// <summary>Numbers of a state.</summary>
    public int Padded { get; }

    /// <summary>State, step and 1.</summary>
    public int StateWidth => Padded + _inputs + 1;

    public int GateWidth => Gates * Padded;

    /// <summary>State and step.</summary>
    public int BackWidth => Padded + _inputs;

    /// <summary>(<see cref="StateWidth"/>, <see cref="GateWidth"/>), once packed.</summary>
    public PackedMatrix Ahead { get; }

    /// <summary>(<see cref="GateWidth"/>, <see cref="BackWidth"/>), once packed.</summary>
    public PackedMatrix Back { get; }

    /// <summary>Takes the parameters as they are now, for a forward pass.</summary>
    public void PackAhead()
    {
        _factor.Span.Clear();
        var bias = _factor.Span[(BackWidth * GateWidth)..];
        for (var gate = 0; gate < Gates; gate++)
        {
            var (column, row) = (gate * Padded, gate * _units);
            MatrixTransposition.Transpose(_recurrentWeight.Values + row * _units, _units, _units, _units, _factor.Pointer + column, GateWidth);
            MatrixTransposition.Transpose(_inputWeight.Values + row * _inputs, _inputs, _units, _inputs, _factor.Pointer + Padded * GateWidth + column, GateWidth);
            TensorPrimitives.Add(Part(_inputBias.Values + row, _units), Part(_recurrentBias.Values + row, _units), bias[column..]);
        }

        Ahead.Pack(new Matrix(_factor.Pointer, StateWidth, GateWidth));
    }

    /// <summary>The same for a backward pass.</summary>
    public void PackBack()
    {
        _factor.Span.Clear();
        for (var row = 0; row < Gates * _units; row++)
        {
            var own = _factor.Span.Slice((row / _units * Padded + row % _units) * BackWidth, BackWidth);
            Part(_recurrentWeight.Values + row * _units, _units).CopyTo(own);
            Part(_inputWeight.Values + row * _inputs, _inputs).CopyTo(own[Padded..]);
        }

        Back.Pack(new Matrix(_factor.Pointer, GateWidth, BackWidth));
    }

    /// <summary>Adds to the gradients of the parameters.</summary>
    /// <param name="gates">By the sums of the gates, (rows, <see cref="GateWidth"/>).</param>
    /// <param name="states">What they were computed from, (rows, <see cref="StateWidth"/>).</param>
    public void AddGradients(Matrix gates, Matrix states)
    {
        MatrixProduct.Compute(gates.Transposed, states, Matrix.Zeros(GateWidth, StateWidth), new Matrix(_sums.Pointer, GateWidth, StateWidth));
        for (var row = 0; row < Gates * _units; row++)
        {
            var own = _sums.Span.Slice((row / _units * Padded + row % _units) * StateWidth, StateWidth);
            Add(own, _recurrentWeight.Gradients + row * _units, _units);
            Add(own[Padded..], _inputWeight.Gradients + row * _inputs, _inputs);
            Add(own[BackWidth..], _inputBias.Gradients + row, 1);
            Add(own[BackWidth..], _recurrentBias.Gradients + row, 1);
        }
    }

    private static void Add(ReadOnlySpan<float> values, float* sums, int count) => TensorPrimitives.Add(values[..count], Part(sums, count), Part(sums, count));

    private static Span<float> Part(float* start, int count) => new(start, count);
}
