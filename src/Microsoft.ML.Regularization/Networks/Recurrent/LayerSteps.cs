using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A layer of recurrent units, in one direction or both, and the noise before it, which all steps of a sequence share.</summary>
/// <param name="order">The sequences' order.</param>
/// <param name="inputs">Numbers of a step.</param>
/// <param name="outputs">Units of all directions.</param>
/// <param name="noise">Of the inputs.</param>
/// <param name="directions">Ahead, and back where there is such.</param>
internal sealed class LayerSteps(SequenceOrder order, int inputs, int outputs, UnitNoise noise, IReadOnlyList<RecurrentSteps> directions)
{
    private readonly KeptRows _outputRows = new(outputs);
    private readonly KeptRows _gradientRows = new(inputs);
    private Matrix _input;
    private Matrix? _inputGradient;
    private Matrix? _factors;

    /// <summary>Called before the parts of a forward pass.</summary>
    /// <param name="input">(all steps, inputs); it is overwritten.</param>
    /// <param name="pooled">Receives the states, where they are pooled; null where all stay.</param>
    /// <param name="firstSequence">Which of the batch's is the first.</param>
    /// <param name="isTraining">Whether there is noise.</param>
    /// <returns>Where the states will be.</returns>
    public Matrix Begin(Matrix input, Matrix? pooled, int firstSequence, bool isTraining)
    {
        var output = pooled ?? _outputRows.Of(order.Total);
        (_input, _factors) = (input, isTraining ? noise.Draw(firstSequence, order.Count) : null);
        foreach (var direction in directions)
            direction.Begin(input, output);
        return output;
    }

    /// <summary>Computes some of the sequences.</summary>
    /// <param name="first">The first one's place in the order.</param>
    /// <param name="count">How many.</param>
    public void Forward(int first, int count)
    {
        MultiplyByNoise(_input, first, count);
        foreach (var direction in directions)
            direction.Forward(first, count);
    }

    /// <summary>Called before the parts of a backward pass.</summary>
    /// <param name="gradient">By the states.</param>
    /// <param name="learnsBefore">Whether anything before does.</param>
    /// <returns>Where the gradient by the inputs will be; null where nothing before learns.</returns>
    public Matrix? BeginBackward(Matrix gradient, bool learnsBefore)
    {
        _inputGradient = learnsBefore ? _gradientRows.Of(order.Total) : null;
        foreach (var direction in directions)
            direction.BeginBackward(gradient, _inputGradient);
        return _inputGradient;
    }

    /// <summary>The gradients of some of the sequences.</summary>
    /// <param name="first">The first one's place in the order.</param>
    /// <param name="count">How many.</param>
    public void Backward(int first, int count)
    {
        for (var place = first; _inputGradient is { } before && place < first + count; place++)
        {
            for (var step = 0; step < order.LengthAt(place); step++)
                before.RowSpan(order.RowOf(place, step)).Clear();
        }

        foreach (var direction in directions)
            direction.Backward(first, count);
        if (_inputGradient is { } gradient)
            MultiplyByNoise(gradient, first, count);
    }

    /// <summary>Adds to the gradients of the parameters, once all sequences are back.</summary>
    public void AddGradients()
    {
        foreach (var direction in directions)
            direction.AddGradients();
    }

    private void MultiplyByNoise(Matrix rows, int first, int count)
    {
        for (var place = first; _factors is { } factors && place < first + count; place++)
        {
            var own = factors.RowSpan(order.SequenceAt(place));
            for (var step = 0; step < order.LengthAt(place); step++)
            {
                var numbers = rows.RowSpan(order.RowOf(place, step));
                TensorPrimitives.Multiply(numbers, own, numbers);
            }
        }
    }
}
