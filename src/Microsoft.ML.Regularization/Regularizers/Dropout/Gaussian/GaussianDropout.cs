using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Gaussian dropout: while training, a unit is multiplied by a normal number of mean 1 and variance <c>p / (1 - p)</c>, the moments of standard
/// dropout with probability p to drop; at scoring nothing happens (Srivastava et al., 2014, section 10).
/// </summary>
/// <param name="DropProbability">The p of the variance, at least 0 (no noise) and below 1 (unbounded noise); 0.2 gives a deviation of 0.5.</param>
[UnionCase("gaussian")]
public sealed record GaussianDropout(double DropProbability) : Dropout
{
    internal override bool IsNoise => DropProbability > 0;

    internal override bool CanChangeRate => true;

    internal override void Validate(IExceptionContext context) =>
        context.CheckFromZeroToBelowOne(DropProbability, OptionName(nameof(DropProbability)));

    /// <summary>Writes the factors of the units for one draw; the first factors do not depend on how many there are.</summary>
    internal void Fill(Span<float> factors, RandomKey key, ulong draw, double rateFactor = 1, int first = 0)
    {
        var drop = DropProbability * rateFactor;
        GaussianNoise.Fill(factors, key, draw, mean: 1, deviation: Math.Sqrt(drop / (1 - drop)), first);
    }

    internal override nn.Module<Tensor, Tensor>? LayerBehind(NoiseSource source, params int[] shared) =>
        new GaussianDropoutLayer(this, source.NextKey(), source.Clock, shared);

    internal override LayerNoise? NoiseBehind(int units, RandomKey key, ulong pass)
    {
        var factors = new float[units];
        Fill(factors, key, pass);
        return new MultiplicativeNoise(factors);
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Gaussian dropout {DropProbability}");
}
