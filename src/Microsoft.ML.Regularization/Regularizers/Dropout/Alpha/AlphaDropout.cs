using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Alpha dropout, for SELU networks: while training, a unit takes SELU's lowest value <c>s = -1.7581</c> with probability <see cref="DropProbability"/>,
/// and all units then go through <c>a x + b</c>, with <c>a = (q + s^2 q (1 - q))^-1/2</c> and <c>b = -a (1 - q) s</c> for <c>q = 1 - DropProbability</c>:
/// activations of mean 0 and variance 1 keep both. At scoring nothing happens (Klambauer, Unterthiner, Mayr and Hochreiter, "Self-normalizing neural
/// networks", 2017).
/// </summary>
/// <remarks>Refused where the network's activation is not SELU.</remarks>
/// <param name="DropProbability">
/// Probability to drop a unit, at least 0 (nothing is dropped) and below 1 (almost nothing is left); 0.05 to 0.1 is usual. Each unit is drawn with 16 random
/// bits.
/// </param>
[UnionCase("alpha")]
public sealed record AlphaDropout(double DropProbability) : Dropout
{
    internal override bool IsNoise => DropProbability > 0;

    internal override bool CanChangeRate => true;

    internal override IEnumerable<Demand> Demands =>
        [.. base.Demands, Demand(Capabilities.SeluActivation, "keeps the moments of SELU", "set Activation to SELU, or take StandardDropout")];

    internal override void Validate(IExceptionContext context) =>
        context.CheckFromZeroToBelowOne(DropProbability, OptionName(nameof(DropProbability)));

    internal override nn.Module<Tensor, Tensor>? LayerBehind(NoiseSource source, params int[] shared) =>
        new AlphaDropoutLayer(this, source.NextKey(), source.Clock, shared);

    internal override LayerNoise? NoiseBehind(int units, RandomKey key, ulong pass) => new AlphaNoise(this, units, key, pass);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"alpha dropout {DropProbability}");
}
