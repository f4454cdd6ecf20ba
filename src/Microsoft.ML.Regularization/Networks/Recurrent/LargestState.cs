using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>See <see cref="SequencePooling.Max"/>. Steps that reach the same maximum share its gradient evenly, as libtorch's do.</summary>
internal sealed unsafe class LargestState(SequenceOrder order, int column, int units) : StatePlaces(order, column, units)
{
    private const int Lane = 16;

    private readonly KeptRows _maximumRows = new(units);
    private readonly KeptRows _countRows = new(units);
    private Matrix _maxima;
    private Matrix _counts;

    public override void Begin(Matrix output)
    {
        base.Begin(output);
        (_maxima, _counts) = (_maximumRows.Of(Order.Count), _countRows.Of(Order.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Give(float* state, int place, int step)
    {
        var maxima = _maxima.At(place, 0);
        var counts = _counts.At(place, 0);
        for (var unit = 0; unit < Units; unit += Lane)
        {
            var (own, count) = (Vector512.Load(state + unit), Vector512<float>.One);
            var maximum = own;
            if (step > 0)
            {
                var before = Vector512.Load(maxima + unit);
                maximum = Vector512.Max(own, before);
                count = Vector512.ConditionalSelect(Vector512.GreaterThan(own, before), count, Vector512.Load(counts + unit) + (count & Vector512.Equals(own, before)));
            }

            maximum.Store(maxima + unit);
            count.Store(counts + unit);
        }

        if (IsLast(place, step))
            _maxima.RowSpan(place).CopyTo(NumbersOf(place));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AddGradient(float* state, float* gradient, int place, int step)
    {
        var maxima = _maxima.At(place, 0);
        var counts = _counts.At(place, 0);
        fixed (float* given = NumbersOf(place))
        {
            for (var unit = 0; unit < Units; unit += Lane)
            {
                var share = VectorPart.Load(given + unit, Units - unit) / Vector512.Load(counts + unit);
                var isLargest = Vector512.Equals(Vector512.Load(state + unit), Vector512.Load(maxima + unit));
                (Vector512.Load(gradient + unit) + (share & isLargest)).Store(gradient + unit);
            }
        }
    }
}
