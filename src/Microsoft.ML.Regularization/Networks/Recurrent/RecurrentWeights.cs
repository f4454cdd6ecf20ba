using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// The parameters of recurrent units that train in managed code, as factors of products with rows of states, a step's numbers and a 1, which stands for the biases.
/// States and gates are filled up with zeros to whole vectors.
/// </summary>
internal sealed unsafe class RecurrentWeights
{
    private const int Lane = 16;

    private readonly int _inputs;
    private readonly int _units;
    private readonly IReadOnlyList<GateBlock> _blocks;

    // The rows of sums, and those of the parameters that they are made by.
    private readonly (int Sum, int? State, int? Input)[] _rows;
    private readonly ParameterMemory _inputWeight;
    private readonly ParameterMemory _recurrentWeight;
    private readonly ParameterMemory _inputBias;
    private readonly ParameterMemory _recurrentBias;
    private readonly AlignedFloats _factor;
    private readonly AlignedFloats _sums;

    /// <param name="inputs">Numbers of a step.</param>
    /// <param name="units">How many units there are.</param>
    /// <param name="blocks">The sums of a unit.</param>
    /// <param name="weights">Of inputs (gates * units, inputs) and of states (gates * units, units).</param>
    /// <param name="biases">The same, (gates * units) each.</param>
    public RecurrentWeights(
        int inputs, int units, IReadOnlyList<GateBlock> blocks, (ParameterMemory Inputs, ParameterMemory States) weights, (ParameterMemory Inputs, ParameterMemory States) biases)
    {
        (_inputs, _units, _blocks, Padded) = (inputs, units, blocks, PaddedOf(units));
        ((_inputWeight, _recurrentWeight), (_inputBias, _recurrentBias)) = (weights, biases);
        _rows = [.. from block in blocks.Index()
                    from unit in Enumerable.Range(0, units)
                    select (block.Index * Padded + unit, block.Item.State * units + unit, block.Item.Input * units + unit)];

        // What is not filled stays 0.
        _factor = new AlignedFloats(GateWidth * StateWidth);
        _sums = new AlignedFloats(GateWidth * StateWidth);
        (Ahead, Back) = (new PackedMatrix(StateWidth, GateWidth), new PackedMatrix(GateWidth, BackWidth));
    }

    /// <summary>Numbers of a state.</summary>
    public int Padded { get; }

    /// <summary>Units in whole vectors.</summary>
    public static int PaddedOf(int units) => (units + Lane - 1) / Lane * Lane;

    /// <summary>State, step and 1.</summary>
    public int StateWidth => Padded + _inputs + 1;

    public int GateWidth => _blocks.Count * Padded;

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
        for (var place = 0; place < _blocks.Count; place++)
        {
            var (block, column) = (_blocks[place], place * Padded);
            if (block.State is { } state)
            {
                MatrixTransposition.Transpose(_recurrentWeight.Values + state * _units * _units, _units, _units, _units, _factor.Pointer + column, GateWidth);
                AddTo(bias[column..], _recurrentBias.Values + state * _units);
            }

            if (block.Input is { } input)
            {
                MatrixTransposition.Transpose(
                    _inputWeight.Values + input * _units * _inputs, _inputs, _units, _inputs, _factor.Pointer + Padded * GateWidth + column, GateWidth);
                AddTo(bias[column..], _inputBias.Values + input * _units);
            }
        }

        Ahead.Pack(new Matrix(_factor.Pointer, StateWidth, GateWidth));
    }

    /// <summary>The same for a backward pass.</summary>
    public void PackBack()
    {
        _factor.Span.Clear();
        foreach (var (row, state, input) in _rows)
        {
            var own = _factor.Span.Slice(row * BackWidth, BackWidth);
            if (state is { } recurrent)
                Part(_recurrentWeight.Values + recurrent * _units, _units).CopyTo(own);
            if (input is { } given)
                Part(_inputWeight.Values + given * _inputs, _inputs).CopyTo(own[Padded..]);
        }

        Back.Pack(new Matrix(_factor.Pointer, GateWidth, BackWidth));
    }

    /// <summary>Adds to the gradients of the parameters.</summary>
    /// <param name="gates">By the sums of the gates, (rows, <see cref="GateWidth"/>).</param>
    /// <param name="states">What they were computed from, (rows, <see cref="StateWidth"/>).</param>
    public void AddGradients(Matrix gates, Matrix states)
    {
        MatrixProduct.Compute(gates.Transposed, states, Matrix.Zeros(GateWidth, StateWidth), new Matrix(_sums.Pointer, GateWidth, StateWidth));
        foreach (var (row, state, input) in _rows)
        {
            var own = _sums.Span.Slice(row * StateWidth, StateWidth);
            if (state is { } recurrent)
            {
                Add(own, _recurrentWeight.Gradients + recurrent * _units, _units);
                Add(own[BackWidth..], _recurrentBias.Gradients + recurrent, 1);
            }

            if (input is { } given)
            {
                Add(own[Padded..], _inputWeight.Gradients + given * _inputs, _inputs);
                Add(own[BackWidth..], _inputBias.Gradients + given, 1);
            }
        }
    }

    private void AddTo(Span<float> sums, float* values) => TensorPrimitives.Add(sums[.._units], Part(values, _units), sums[.._units]);

    private static void Add(ReadOnlySpan<float> values, float* sums, int count) => TensorPrimitives.Add(values[..count], Part(sums, count), Part(sums, count));

    private static Span<float> Part(float* start, int count) => new(start, count);
}
