using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A trained <see cref="PiecewiseLinearEmbeddingLayer"/> in managed code, with sums over bins that are made once.</summary>
internal sealed class PiecewiseLinearVectors : NumberVectors
{
    private readonly PiecewiseLinearDescription _description;
    private readonly PiecewiseBins _bins;
    private readonly float[] _slope;
    private readonly float[] _change;
    private readonly float[] _before;

    /// <param name="context">For errors.</param>
    /// <param name="weights">The network's weights.</param>
    /// <param name="description">Of the layer.</param>
    public PiecewiseLinearVectors(IExceptionContext context, NetworkWeights weights, PiecewiseLinearDescription description)
    {
        _description = description;
        var (numbers, bins, size) = (description.Numbers, description.Bins, description.Size);
        _bins = new PiecewiseBins(weights.Read(context, description.Name + ".edges", numbers, bins + 1), bins);
        _slope = Read("slope", numbers, size);
        _change = Read("change", numbers, bins, size);
        _before = new float[_change.Length];
        var shift = Read("shift", numbers, size);
        for (var number = 0; number < numbers; number++)
        {
            var own = (number * bins * size)..((number + 1) * bins * size);
            PiecewiseLinearFunction.SumUp(shift.AsSpan(number * size, size), _change.AsSpan(own), _before.AsSpan(own));
        }

        float[] Read(string name, params long[] shape)
        {
            var values = weights.Read(context, $"{description.Name}.{name}", shape);
            TensorPrimitives.Multiply(values, (float)description.Factor, values);
            return values;
        }
    }

    public override int Numbers => _description.Numbers;

    public override int Width => _description.Numbers * _description.Size;

    public override void Embed(ReadOnlySpan<float> numbers, Span<float> embedded)
    {
        var size = _description.Size;
        for (var number = 0; number < numbers.Length; number++)
        {
            var (bin, share) = _bins.Find(number, numbers[number], out _);
            var place = (number * _description.Bins + bin) * size;
            PiecewiseLinearFunction.Add(
                _before.AsSpan(place, size), _change.AsSpan(place, size), share, _slope.AsSpan(number * size, size), numbers[number],
                embedded.Slice(number * size, size));
        }
    }

    public override void Differentiate(ReadOnlySpan<float> numbers, ReadOnlySpan<float> gradient, Span<float> result)
    {
        var size = _description.Size;
        for (var number = 0; number < numbers.Length; number++)
        {
            var (bin, _) = _bins.Find(number, numbers[number], out var slope);
            var given = gradient.Slice(number * size, size);
            result[number] = TensorPrimitives.Dot(given, _slope.AsSpan(number * size, size))
                + slope * TensorPrimitives.Dot(given, _change.AsSpan((number * _description.Bins + bin) * size, size));
        }
    }
}
