using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Where the states of a direction's units belong in what a layer gives: those of all steps, or what pooling makes of them.</summary>
/// <param name="order">The sequences' order.</param>
/// <param name="column">The first of the direction's numbers in a row of the layer.</param>
/// <param name="units">The direction's.</param>
internal abstract unsafe class StatePlaces(SequenceOrder order, int column, int units)
{
    private Matrix _rows;

    protected SequenceOrder Order => order;

    protected int Units => units;

    /// <summary>Called before the parts of a forward pass.</summary>
    /// <param name="output">Receives the states: a row for each step, or for each sequence.</param>
    public virtual void Begin(Matrix output) => _rows = output;

    /// <summary>Called before the parts of a backward pass.</summary>
    /// <param name="gradient">By the output.</param>
    public void BeginBackward(Matrix gradient) => _rows = gradient;

    /// <param name="state">After a step.</param>
    /// <param name="place">The sequence's place in the order.</param>
    /// <param name="step">The step.</param>
    public abstract void Give(float* state, int place, int step);

    /// <summary>Adds what the layer's gradient has for a step.</summary>
    /// <param name="state">After the step.</param>
    /// <param name="gradient">Gets it added.</param>
    /// <param name="place">The sequence's place in the order.</param>
    /// <param name="step">The step.</param>
    public abstract void AddGradient(float* state, float* gradient, int place, int step);

    /// <summary>The direction's numbers in a row of the output, or of its gradient.</summary>
    protected Span<float> Numbers(int row) => _rows.RowSpan(row).Slice(column, units);

    /// <summary>Those of a sequence whose states are pooled.</summary>
    protected Span<float> NumbersOf(int place) => Numbers(order.SequenceAt(place));

    protected bool IsLast(int place, int step) => step == order.LengthAt(place) - 1;
}
