using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>See <see cref="SequencePooling.Mean"/>.</summary>
internal sealed unsafe class MeanState(SequenceOrder order, int column, int units) : StatePlaces(order, column, units)
{
    public override void Give(float* state, int place, int step)
    {
        var own = new ReadOnlySpan<float>(state, Units);
        var mean = NumbersOf(place);
        if (step == 0)
            own.CopyTo(mean);
        else
            TensorPrimitives.Add(mean, own, mean);
        if (IsLast(place, step))
            TensorPrimitives.Multiply(mean, ShareOf(place), mean);
    }

    public override void AddGradient(float* state, float* gradient, int place, int step)
    {
        var sum = new Span<float>(gradient, Units);
        TensorPrimitives.MultiplyAdd(NumbersOf(place), ShareOf(place), sum, sum);
    }

    private float ShareOf(int place) => 1f / Order.LengthAt(place);
}
