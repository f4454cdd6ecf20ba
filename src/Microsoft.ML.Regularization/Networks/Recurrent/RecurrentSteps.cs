using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Recurrent units of one direction, forward and back through all steps of some sequences. Sequences do not change each other, so threads share them out.
/// </summary>
/// <param name="order">The sequences' order.</param>
/// <param name="inputs">Numbers of a step.</param>
/// <param name="weights">The parameters.</param>
/// <param name="gates">What units make of their sums.</param>
/// <param name="isBack">Whether they read from the last step to the first.</param>
/// <param name="places">Where their states belong.</param>
internal sealed unsafe class RecurrentSteps(SequenceOrder order, int inputs, RecurrentWeights weights, StepGates gates, bool isBack, StatePlaces places)
{
    // Before the first step cells and states are 0; what they are at the end stands behind all steps.
    private readonly KeptRows _stateRows = new(weights.StateWidth);
    private readonly KeptRows _gateRows = new(weights.GateWidth);
    private readonly KeptRows _cellRows = new(weights.Padded);
    private readonly KeptRows _backRows = new(weights.BackWidth);
    private readonly KeptRows _memoryRows = new(weights.Padded);
    private Matrix _input;
    private Matrix? _inputGradient;
    private Matrix _states;
    private Matrix _gates;
    private Matrix _cells;
    private Matrix _back;
    private Matrix _memory;

    /// <summary>Called before the parts of a forward pass.</summary>
    /// <param name="input">(all steps, inputs).</param>
    /// <param name="output">Receives the states, at their places.</param>
    public void Begin(Matrix input, Matrix output)
    {
        _input = input;
        var ends = order.Total + order.Count;
        (_states, _gates, _cells) = (_stateRows.Of(ends), _gateRows.Of(order.Total), _cellRows.Of(ends));
        places.Begin(output);
        weights.PackAhead();
    }

    /// <summary>Computes some of the sequences.</summary>
    /// <param name="first">The first one's place in the order.</param>
    /// <param name="count">How many.</param>
    public void Forward(int first, int count)
    {
        for (var place = first; place < first + count; place++)
        {
            _states.RowSpan(order.RowOf(place, step: 0))[..weights.Padded].Clear();
            _cells.RowSpan(order.RowOf(place, step: 0)).Clear();
        }

        for (var (step, rows) = (0, count); rows > 0; rows = order.CountWith(++step, first, count))
        {
            var own = order.RowOf(first, step);
            for (var row = 0; row < rows; row++)
            {
                var behind = _states.RowSpan(own + row)[weights.Padded..];
                _input.RowSpan(InputRow(first + row, step)).CopyTo(behind);
                behind[inputs] = 1;
            }

            var sums = _gates.Block(own, 0, rows, weights.GateWidth);
            MatrixProduct.Compute(_states.Block(own, 0, rows, weights.StateWidth), weights.Ahead, Matrix.Zeros(rows, weights.GateWidth), sums);
            for (var row = 0; row < rows; row++)
            {
                var after = order.RowBehind(first + row, step);
                gates.Open(sums.At(row, 0), _cells.At(own + row, 0), _cells.At(after, 0), _states.At(after, 0));
                places.Give(_states.At(after, 0), first + row, step);
            }
        }
    }

    /// <summary>Called before the parts of a backward pass.</summary>
    /// <param name="gradient">By the states, at their places.</param>
    /// <param name="inputGradient">Gets the gradient by the inputs added; null where nothing before learns.</param>
    public void BeginBackward(Matrix gradient, Matrix? inputGradient)
    {
        _inputGradient = inputGradient;
        (_back, _memory) = (_backRows.Of(order.Count), _memoryRows.Of(order.Count));
        places.BeginBackward(gradient);
        weights.PackBack();
    }

    /// <summary>The gradients by the gates' sums, and by the inputs, of some of the sequences.</summary>
    /// <param name="first">The first one's place in the order.</param>
    /// <param name="count">How many.</param>
    public void Backward(int first, int count)
    {
        var width = _inputGradient is null ? weights.Padded : weights.BackWidth;
        for (var place = first; place < first + count; place++)
        {
            _back.RowSpan(place).Clear();
            _memory.RowSpan(place).Clear();
        }

        for (var step = order.LengthAt(first) - 1; step >= 0; step--)
        {
            var (own, rows) = (order.RowOf(first, step), order.CountWith(step, first, count));
            for (var row = 0; row < rows; row++)
            {
                var (place, after) = (first + row, order.RowBehind(first + row, step));
                places.AddGradient(_states.At(after, 0), _back.At(place, 0), place, step);
                gates.Reverse(_gates.At(own + row, 0), _cells.At(own + row, 0), _cells.At(after, 0), _back.At(place, 0), _memory.At(place, 0));
            }

            if (step == 0 && _inputGradient is null)
                return;
            var back = _back.Block(first, 0, rows, width);
            MatrixProduct.Compute(_gates.Block(own, 0, rows, weights.GateWidth), weights.Back, Matrix.Zeros(rows, width), back);
            for (var row = 0; _inputGradient is { } before && row < rows; row++)
            {
                var sum = before.RowSpan(InputRow(first + row, step));
                TensorPrimitives.Add(sum, back.RowSpan(row)[weights.Padded..], sum);
            }
        }
    }

    /// <summary>Adds to the gradients of the parameters, once all sequences are back.</summary>
    public void AddGradients() => weights.AddGradients(_gates, _states with { Rows = order.Total });

    private int InputRow(int place, int step) => order.RowOf(place, order.PositionOf(place, step, isBack));
}
