using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Inverted dropout: while training, a unit is zeroed with probability <see cref="DropProbability"/> and divided by
/// <c>1 - DropProbability</c> otherwise; at scoring nothing happens (Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, 2014).
/// </summary>
/// <param name="DropProbability">
/// Probability to drop a unit, at least 0 (nothing is dropped) and below 1 (almost nothing is left). Each unit is drawn with 16 random bits.
/// </param>
[UnionCase("standard")]
public sealed record StandardDropout(double DropProbability) : Dropout
{
    internal override bool IsNoise => DropProbability > 0;

    internal override bool CanChangeRate => true;

    internal override void Validate(IExceptionContext context) =>
        context.CheckFromZeroToBelowOne(DropProbability, OptionName(nameof(DropProbability)));

    /// <summary>Writes the factors of the units for one draw; the first factors do not depend on how many there are.</summary>
    internal void Fill(Span<float> factors, RandomKey key, ulong draw, double rateFactor = 1, int first = 0) =>
        BernoulliMask.Fill(factors, key, draw, 1 - DropProbability * rateFactor, first);

    internal override nn.Module<Tensor, Tensor>? LayerBehind(NoiseSource source, params int[] shared) =>
        new DropoutLayer(this, source.NextKey(), source.Clock, shared);

    internal override LayerNoise? NoiseBehind(int units, RandomKey key, ulong pass)
    {
        var factors = new float[units];
        Fill(factors, key, pass);
        return new MultiplicativeNoise(factors);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"dropout {DropProbability}");
}
