using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>What a layer gives of its states: those of all steps, or of each sequence what pooling makes of them.</summary>
/// <param name="numbers">Receives it, one sequence after the other.</param>
/// <param name="rowStride">From a sequence to the next.</param>
/// <param name="width">Numbers of a step, those of both directions side by side.</param>
/// <param name="pooling">Null for all steps.</param>
internal readonly ref struct LayerStates(Span<float> numbers, int rowStride, int width, SequencePooling? pooling)
{
    private readonly Span<float> _numbers = numbers;

    /// <param name="row">The sequence.</param>
    /// <param name="place">The step's place in it.</param>
    /// <param name="isFirst">Whether it is the first step of the direction.</param>
    /// <param name="column">The first of the direction's numbers.</param>
    /// <param name="state">After the step.</param>
    public void Take(int row, int place, bool isFirst, int column, ReadOnlySpan<float> state)
    {
        var own = _numbers.Slice(row * rowStride + (pooling is null ? place * width : 0) + column, state.Length);
        if (isFirst || pooling is null or SequencePooling.Last)
            state.CopyTo(own);
        else if (pooling == SequencePooling.Mean)
            TensorPrimitives.Add(own, state, own);
        else
            TensorPrimitives.Max(own, state, own);
    }

    /// <summary>Called behind a sequence's last step, of all directions.</summary>
    public void Finish(int row, int length)
    {
        var own = _numbers.Slice(row * rowStride, rowStride);
        if (pooling == SequencePooling.Mean)
            TensorPrimitives.Divide(own, length, own);
    }
}
