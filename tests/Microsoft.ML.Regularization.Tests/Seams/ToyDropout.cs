using System.Globalization;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tests.Seams;

/// <summary>A kind of dropout as somebody would add it: hidden units are multiplied by one number while training. With 1 it does nothing.</summary>
[UnionCase("toy")]
internal sealed record ToyDropout(double Factor) : Dropout
{
    internal override bool IsNoise => Factor != 1;

    internal override void Validate(IExceptionContext context) => context.CheckBetween(Factor, OptionName(nameof(Factor)), 0, 1);

    internal override nn.Module<Tensor, Tensor>? LayerBehind(NoiseSource source, params int[] shared) => new Layer(this, source.Clock, shared);

    internal override LayerNoise? NoiseBehind(int units, RandomKey key, ulong pass) =>
        new MultiplicativeNoise([.. Enumerable.Repeat((float)Factor, units)]);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"toy dropout {Factor}");

    private sealed class Layer(ToyDropout options, TrainingClock clock, int[] shared) : MultiplicativeNoiseLayer(nameof(ToyDropout), clock, shared)
    {
        protected override void Fill(Span<float> noise, ulong step) => noise.Fill((float)options.Factor);
    }
}
