using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The pass of a <see cref="PiecewiseLinearEmbeddingLayer"/>, number by number: see <see cref="PiecewiseLinearFunction"/>.</summary>
internal sealed unsafe class PiecewiseLinearPass : InputPass
{
    [ThreadStatic]
    private static AlignedFloats? t_sums;

    private readonly int _numbers;
    private readonly int _size;
    private readonly float _rate;
    private readonly Tensor _edges;
    private readonly ParameterMemory _slope;
    private readonly ParameterMemory _shift;
    private readonly ParameterMemory _change;
    private readonly KeptWork _forward;
    private readonly KeptWork _backward;
    private PiecewiseBins? _bins;
    private Matrix _input;
    private Matrix _output;

    // Number by number: the bin of each row, and the share of it that its value has passed.
    private int[] _places = [];
    private float[] _shares = [];
    private float* _slopes;
    private float* _shifts;
    private float* _changes;

    /// <param name="edges">(numbers, bins + 1).</param>
    /// <param name="slope">(numbers, size).</param>
    /// <param name="shift">(numbers, size).</param>
    /// <param name="change">(numbers, bins, size).</param>
    /// <param name="size">Numbers of a vector.</param>
    /// <param name="rate">What the parameters are multiplied by.</param>
    public PiecewiseLinearPass(Tensor edges, ParameterMemory slope, ParameterMemory shift, ParameterMemory change, int size, double rate)
        : base((int)edges.shape[0], (int)edges.shape[0] * size)
    {
        (_edges, _slope, _shift, _change) = (edges, slope, shift, change);
        (_numbers, _size, _rate) = (Inputs, size, (float)rate);
        (_forward, _backward) = (new KeptWork(range: 1, Forward), new KeptWork(range: 1, Backward));
    }

    private int BinCount => _bins!.Count;

    private int Block => BinCount * _size;

    public override void Forward(Matrix input, Matrix output, bool isTraining)
    {
        // They are learned before the first step, or read from a checkpoint.
        var edges = MemoryMarshal.Cast<byte, float>(_edges.bytes);
        if (_bins is null || !_bins.HaveEdges(edges))
            _bins = new PiecewiseBins(edges, edges.Length / _numbers - 1);
        (_input, _output) = (input, output);
        if (_places.Length < input.Rows * _numbers)
            (_places, _shares) = (new int[input.Rows * _numbers], new float[input.Rows * _numbers]);
        _slopes = _slope.Values;
        _shifts = _shift.Values;
        _changes = _change.Values;
        _forward.RunAll(_numbers);
    }

    protected override void Backward(Matrix gradient)
    {
        _output = gradient;
        _slopes = _slope.Gradients;
        _shifts = _shift.Gradients;
        _changes = _change.Gradients;
        _backward.RunAll(_numbers);
    }

    private void Forward(int number, int count)
    {
        var memory = AlignedFloats.Ensure(ref t_sums, 2 * Block + _size).Span;
        var before = memory[..Block];
        var weights = memory[Block..(2 * Block)];
        var slopes = memory.Slice(2 * Block, _size);
        Multiply(new ReadOnlySpan<float>(_changes + (nint)number * Block, Block), _rate, weights);
        Multiply(new ReadOnlySpan<float>(_slopes + (nint)number * _size, _size), _rate, slopes);
        Multiply(new ReadOnlySpan<float>(_shifts + (nint)number * _size, _size), _rate, before[.._size]);
        PiecewiseLinearFunction.SumUp(before[.._size], weights, before);
        for (var row = 0; row < _input.Rows; row++)
        {
            var value = *_input.At(row, number);
            var (bin, share) = _bins!.Find(number, value, out _);
            (_places[number * _input.Rows + row], _shares[number * _input.Rows + row]) = (bin, share);
            PiecewiseLinearFunction.Add(
                before.Slice(bin * _size, _size), weights.Slice(bin * _size, _size), share, slopes, value,
                new Span<float>(_output.At(row, number * _size), _size));
        }
    }

    private void Backward(int number, int count)
    {
        var memory = AlignedFloats.Ensure(ref t_sums, 2 * Block + 2 * _size).Span[..(2 * Block + 2 * _size)];
        memory.Clear();
        var behind = memory[..Block];
        var within = memory[Block..(2 * Block)];
        var slopes = memory.Slice(2 * Block, _size);
        var total = memory.Slice(2 * Block + _size, _size);
        for (var row = 0; row < _input.Rows; row++)
        {
            var (bin, share) = (_places[number * _input.Rows + row], _shares[number * _input.Rows + row]);
            var gradient = new ReadOnlySpan<float>(_output.At(row, number * _size), _size);
            PiecewiseLinearFunction.AddProduct(behind.Slice(bin * _size, _size), gradient, 1);
            PiecewiseLinearFunction.AddProduct(within.Slice(bin * _size, _size), gradient, share);
            PiecewiseLinearFunction.AddProduct(slopes, gradient, *_input.At(row, number));
        }

        // A bin's change counts for the rows within it by their share, and for those behind it as a whole.
        for (var bin = BinCount - 1; bin >= 0; bin--)
        {
            var change = new Span<float>(_changes + (nint)number * Block + bin * _size, _size);
            PiecewiseLinearFunction.AddProduct(change, total, _rate);
            PiecewiseLinearFunction.AddProduct(change, within.Slice(bin * _size, _size), _rate);
            PiecewiseLinearFunction.AddProduct(total, behind.Slice(bin * _size, _size), 1);
        }

        PiecewiseLinearFunction.AddProduct(new Span<float>(_shifts + (nint)number * _size, _size), total, _rate);
        PiecewiseLinearFunction.AddProduct(new Span<float>(_slopes + (nint)number * _size, _size), slopes, _rate);
    }

    private static void Multiply(ReadOnlySpan<float> values, float factor, Span<float> result) =>
        TensorPrimitives.Multiply(values, factor, result);
}
