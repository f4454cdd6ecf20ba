using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The states of all steps, each at the step's place in the sequence.</summary>
internal sealed unsafe class AllStates(SequenceOrder order, int column, int units, bool isBack) : StatePlaces(order, column, units)
{
    public override void Give(float* state, int place, int step) => new ReadOnlySpan<float>(state, Units).CopyTo(Own(place, step));

    public override void AddGradient(float* state, float* gradient, int place, int step)
    {
        var sum = new Span<float>(gradient, Units);
        TensorPrimitives.Add(sum, Own(place, step), sum);
    }

    private Span<float> Own(int place, int step) => Numbers(Order.RowOf(place, Order.PositionOf(place, step, isBack)));
}
