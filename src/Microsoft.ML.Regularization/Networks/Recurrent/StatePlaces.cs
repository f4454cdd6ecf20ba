using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Where the states of a direction's units belong in what a layer gives: those of all steps, or what pooling makes of them.</summary>
/// <param name="steps">Steps of a sequence.</param>
/// <param name="column">The first of the direction's numbers.</param>
/// <param name="width">Numbers of a step, those of both directions side by side.</param>
/// <param name="pooling">Last or mean; null for all steps.</param>
internal sealed class StatePlaces(int steps, int column, int width, SequencePooling? pooling)
{
    /// <param name="state">After a step.</param>
    /// <param name="output">A sequence's.</param>
    /// <param name="place">The step's place in the sequence.</param>
    /// <param name="isFirst">Whether it is the direction's first step.</param>
    /// <param name="isLast">Whether it is the last one.</param>
    public void Give(ReadOnlySpan<float> state, Span<float> output, int place, bool isFirst, bool isLast)
    {
        var own = output.Slice(FirstOf(place), state.Length);
        if (pooling != SequencePooling.Mean)
        {
            state.CopyTo(own);
            return;
        }

        if (isFirst)
            state.CopyTo(own);
        else
            TensorPrimitives.Add(own, state, own);
        if (isLast)
            TensorPrimitives.Multiply(own, 1f / steps, own);
    }

    /// <summary>Adds what the layer's gradient has for a step.</summary>
    /// <param name="gradient">A sequence's.</param>
    /// <param name="state">Gets it added.</param>
    /// <param name="place">The step's place in the sequence.</param>
    /// <param name="isLast">Whether it is the direction's last step.</param>
    public void AddGradient(ReadOnlySpan<float> gradient, Span<float> state, int place, bool isLast)
    {
        var own = gradient.Slice(FirstOf(place), state.Length);
        if (pooling == SequencePooling.Mean)
            TensorPrimitives.MultiplyAdd(own, 1f / steps, state, state);
        else if (pooling is null || isLast)
            TensorPrimitives.Add(own, state, state);
    }

    private int FirstOf(int place) => column + (pooling is null ? place * width : 0);
}
