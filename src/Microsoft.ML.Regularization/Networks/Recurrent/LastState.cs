using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>See <see cref="SequencePooling.Last"/>.</summary>
internal sealed unsafe class LastState(SequenceOrder order, int column, int units) : StatePlaces(order, column, units)
{
    public override void Give(float* state, int place, int step)
    {
        if (IsLast(place, step))
            new ReadOnlySpan<float>(state, Units).CopyTo(NumbersOf(place));
    }

    public override void AddGradient(float* state, float* gradient, int place, int step)
    {
        var sum = new Span<float>(gradient, Units);
        if (IsLast(place, step))
            TensorPrimitives.Add(sum, NumbersOf(place), sum);
    }
}
