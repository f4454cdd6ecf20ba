using System.Globalization;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>A kind of dropout as somebody would add it: while training, hidden units are multiplied by uniform numbers around the mean.</summary>
[UnionCase("toy")]
internal sealed record ToyDropout(double Spread) : Dropout
{
    public double Mean { get; init; } = 1;

    internal override bool IsNoise => Spread != 0 || Mean != 1;

    internal override void Validate(IExceptionContext context)
    {
        context.CheckBetween(Spread, OptionName(nameof(Spread)), 0, 1);
        context.CheckBetween(Mean, OptionName(nameof(Mean)), 0, 1);
    }

    internal override nn.Module<Tensor, Tensor>? LayerBehind(NoiseSource source, params int[] shared) =>
        new Layer(this, source.NextKey(), source.Clock, shared);

    internal override LayerNoise? NoiseBehind(int units, RandomKey key, ulong pass)
    {
        var factors = new float[units];
        Fill(factors, key, pass, first: 0);
        return new MultiplicativeNoise(factors);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"toy dropout {Mean} +- {Spread}");

    private void Fill(Span<float> factors, RandomKey key, ulong draw, int first)
    {
        var random = new KeyedStream(key, draw);
        for (var i = 0; i < first; i++)
            random.NextDouble();
        foreach (ref var factor in factors)
            factor = (float)(Mean + Spread * (2 * random.NextDouble() - 1));
    }

    private sealed class Layer(ToyDropout options, RandomKey key, TrainingClock clock, int[] shared)
        : MultiplicativeNoiseLayer(nameof(ToyDropout), clock, shared)
    {
        protected override void Fill(Span<float> noise, int first, ulong step) => options.Fill(noise, key, step, first);
    }
}
