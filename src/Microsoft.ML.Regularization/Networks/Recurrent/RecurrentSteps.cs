using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// Recurrent units of one direction, forward and back through all steps of some sequences. Sequences do not change each other, so threads share them out. In memory
/// all sequences' rows of a step stand together.
/// </summary>
/// <param name="steps">Steps of a sequence.</param>
/// <param name="inputs">Numbers of a step.</param>
/// <param name="weights">The parameters.</param>
/// <param name="gates">What units make of their sums.</param>
/// <param name="units">How many units there are.</param>
/// <param name="isBack">Whether they read from the last step to the first.</param>
/// <param name="states">Where their states belong.</param>
internal sealed unsafe class RecurrentSteps(int steps, int inputs, RecurrentWeights weights, StepGates gates, int units, bool isBack, StatePlaces states)
{
    // Behind the last step's rows are those of the states at the end; before the first step cells and states are 0.
    private readonly KeptRows _stateRows = new(weights.StateWidth);
    private readonly KeptRows _gateRows = new(weights.GateWidth);
    private readonly KeptRows _cellRows = new(weights.Padded);
    private readonly KeptRows _backRows = new(weights.BackWidth);
    private readonly KeptRows _memoryRows = new(weights.Padded);
    private int _rows;
    private Matrix _input;
    private Matrix _output;
    private Matrix? _inputGradient;
    private Matrix _states;
    private Matrix _gates;
    private Matrix _cells;
    private Matrix _back;
    private Matrix _memory;

    /// <summary>Called before the parts of a forward pass.</summary>
    /// <param name="input">(sequences, steps * inputs).</param>
    /// <param name="output">Receives the states, at their places.</param>
    public void Begin(Matrix input, Matrix output)
    {
        (_input, _output, _rows) = (input, output, input.Rows);
        (_states, _gates, _cells) = (_stateRows.Of((steps + 1) * _rows), _gateRows.Of(steps * _rows), _cellRows.Of((steps + 1) * _rows));
        weights.PackAhead();
    }

    /// <summary>Computes some of the sequences.</summary>
    public void Forward(int first, int rows)
    {
        for (var row = first; row < first + rows; row++)
        {
            _states.RowSpan(row)[..weights.Padded].Clear();
            _cells.RowSpan(row).Clear();
        }

        for (var step = 0; step < steps; step++)
        {
            var (own, place) = (step * _rows + first, PlaceOf(step));
            for (var row = 0; row < rows; row++)
            {
                var behind = _states.RowSpan(own + row)[weights.Padded..];
                _input.RowSpan(first + row).Slice(place * inputs, inputs).CopyTo(behind);
                behind[inputs] = 1;
            }

            var sums = _gates.Block(own, 0, rows, weights.GateWidth);
            MatrixProduct.Compute(_states.Block(own, 0, rows, weights.StateWidth), weights.Ahead, Matrix.Zeros(rows, weights.GateWidth), sums);
            for (var row = 0; row < rows; row++)
            {
                gates.Open(sums.At(row, 0), _cells.At(own + row, 0), _cells.At(own + _rows + row, 0), _states.At(own + _rows + row, 0));
                states.Give(_states.RowSpan(own + _rows + row)[..units], _output.RowSpan(first + row), place, step == 0, step == steps - 1);
            }
        }
    }

    /// <summary>Called before the parts of a backward pass.</summary>
    /// <param name="gradient">By the states, at their places.</param>
    /// <param name="inputGradient">Gets the gradient by the inputs added; null where nothing before learns.</param>
    public void BeginBackward(Matrix gradient, Matrix? inputGradient)
    {
        (_output, _inputGradient) = (gradient, inputGradient);
        (_back, _memory) = (_backRows.Of(_rows), _memoryRows.Of(_rows));
        weights.PackBack();
    }

    /// <summary>The gradients by the gates' sums, and by the inputs, of some of the sequences.</summary>
    public void Backward(int first, int rows)
    {
        var width = _inputGradient is null ? weights.Padded : weights.BackWidth;
        for (var row = first; row < first + rows; row++)
        {
            _back.RowSpan(row).Clear();
            _memory.RowSpan(row).Clear();
        }

        for (var step = steps - 1; step >= 0; step--)
        {
            var (own, place) = (step * _rows + first, PlaceOf(step));
            for (var row = 0; row < rows; row++)
            {
                states.AddGradient(_output.RowSpan(first + row), _back.RowSpan(first + row)[..units], place, step == steps - 1);
                gates.Reverse(
                    _gates.At(own + row, 0), _cells.At(own + row, 0), _cells.At(own + _rows + row, 0), _back.At(first + row, 0), _memory.At(first + row, 0));
            }

            if (step == 0 && _inputGradient is null)
                return;
            var back = _back.Block(first, 0, rows, width);
            MatrixProduct.Compute(_gates.Block(own, 0, rows, weights.GateWidth), weights.Back, Matrix.Zeros(rows, width), back);
            for (var row = 0; _inputGradient is { } before && row < rows; row++)
            {
                var sum = before.RowSpan(first + row).Slice(place * inputs, inputs);
                TensorPrimitives.Add(sum, _back.RowSpan(first + row)[weights.Padded..], sum);
            }
        }
    }

    /// <summary>Adds to the gradients of the parameters, once all sequences are back.</summary>
    public void AddGradients() => weights.AddGradients(_gates, _states with { Rows = steps * _rows });

    private int PlaceOf(int step) => isBack ? steps - 1 - step : step;
}
