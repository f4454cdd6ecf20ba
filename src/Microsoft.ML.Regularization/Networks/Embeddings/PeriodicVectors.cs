using System.Numerics;
using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// A trained <see cref="PeriodicEmbeddingLayer"/> in managed code. Numbers are taken as many at a time as a vector holds, so that each operation is one of
/// the same wave of several numbers.
/// </summary>
internal sealed class PeriodicVectors : NumberVectors
{
    private const int Waves = PeriodicEmbeddingLayer.Frequencies;
    private const int Sums = PeriodicEmbeddingLayer.Size - 1;

    private readonly int _numbers;

    // For each group of numbers (waves, numbers of a group), (waves, sums, numbers of a group) and (sums, numbers of a group); zeros beyond the last number.
    private readonly float[] _frequency;
    private readonly float[] _phase;
    private readonly float[] _mixing;
    private readonly float[] _shift;

    public PeriodicVectors(IExceptionContext context, NetworkWeights weights, PeriodicDescription description)
    {
        _numbers = description.Numbers;
        _frequency = Read("frequency", factor: 1, Waves);
        _phase = Read("phase", PeriodicEmbeddingLayer.Rate, Waves);
        _mixing = Read("mixing", PeriodicEmbeddingLayer.Rate, Waves, Sums);
        _shift = Read("shift", PeriodicEmbeddingLayer.Rate, Sums);

        float[] Read(string name, double factor, params long[] shape)
        {
            var values = weights.Read(context, $"{description.Name}.{name}", [_numbers, .. shape]);
            var size = values.Length / _numbers;
            var grouped = new float[(_numbers + Group - 1) / Group * Group * size];
            for (var number = 0; number < _numbers; number++)
            {
                for (var i = 0; i < size; i++)
                    grouped[(number / Group * size + i) * Group + number % Group] = (float)(values[number * size + i] * factor);
            }

            return grouped;
        }
    }

    public override int Numbers => _numbers;

    public override int Width => _numbers * PeriodicEmbeddingLayer.Size;

    private static int Group => Vector<float>.Count;

    public override void Embed(ReadOnlySpan<float> numbers, Span<float> embedded)
    {
        Span<float> waves = stackalloc float[Waves * Group];
        Span<float> group = stackalloc float[Group];
        for (var first = 0; first < numbers.Length; first += Group)
        {
            var count = Math.Min(Group, numbers.Length - first);
            group.Clear();
            numbers.Slice(first, count).CopyTo(group);
            Fill(new Vector<float>(group), first, waves);
            TensorPrimitives.Cos(waves, waves);
            for (var i = 0; i < count; i++)
                embedded[(first + i) * PeriodicEmbeddingLayer.Size] = group[i];
            for (var sum = 0; sum < Sums; sum++)
            {
                Mix(waves, first, sum).CopyTo(group);
                for (var i = 0; i < count; i++)
                    embedded[(first + i) * PeriodicEmbeddingLayer.Size + 1 + sum] = group[i];
            }
        }
    }

    public override void Differentiate(ReadOnlySpan<float> numbers, ReadOnlySpan<float> gradient, Span<float> result)
    {
        Span<float> sines = stackalloc float[Waves * Group];
        Span<float> group = stackalloc float[Group];
        for (var first = 0; first < numbers.Length; first += Group)
        {
            var count = Math.Min(Group, numbers.Length - first);
            group.Clear();
            numbers.Slice(first, count).CopyTo(group);
            Fill(new Vector<float>(group), first, sines);
            TensorPrimitives.Sin(sines, sines);
            var slope = Vector<float>.Zero;
            for (var sum = 0; sum < Sums; sum++)
            {
                for (var i = 0; i < count; i++)
                    group[i] = gradient[(first + i) * PeriodicEmbeddingLayer.Size + 1 + sum];
                slope -= new Vector<float>(group) * Slope(sines, first, sum);
            }

            for (var i = 0; i < count; i++)
                result[first + i] = gradient[(first + i) * PeriodicEmbeddingLayer.Size] + slope[i] * (float)(2 * Math.PI * PeriodicEmbeddingLayer.Rate);
        }
    }

    // The order of the operations is the layer's: of large numbers, another rounding is another wave.
    private void Fill(Vector<float> numbers, int first, Span<float> angles)
    {
        numbers *= (float)(2 * Math.PI * PeriodicEmbeddingLayer.Rate);
        for (var wave = 0; wave < Waves; wave++)
        {
            var place = first * Waves + wave * Group;
            (numbers * new Vector<float>(_frequency, place) + new Vector<float>(_phase, place)).CopyTo(angles[(wave * Group)..]);
        }
    }

    private Vector<float> Mix(ReadOnlySpan<float> waves, int first, int sum)
    {
        var mixed = new Vector<float>(_shift, first * Sums + sum * Group);
        for (var wave = 0; wave < Waves; wave++)
            mixed += new Vector<float>(waves[(wave * Group)..]) * new Vector<float>(_mixing, (first * Waves + wave * Group) * Sums + sum * Group);
        return mixed;
    }

    private Vector<float> Slope(ReadOnlySpan<float> sines, int first, int sum)
    {
        var mixed = Vector<float>.Zero;
        for (var wave = 0; wave < Waves; wave++)
        {
            var place = first * Waves + wave * Group;
            mixed += new Vector<float>(sines[(wave * Group)..]) * new Vector<float>(_frequency, place) * new Vector<float>(_mixing, place * Sums + sum * Group);
        }

        return mixed;
    }
}
