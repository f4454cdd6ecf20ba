using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Inverted dropout: while training, a unit is zeroed with probability <see cref="DropProbability"/> and divided by
/// <c>1 - DropProbability</c> otherwise; at scoring nothing happens (Srivastava, Hinton, Krizhevsky, Sutskever and Salakhutdinov, 2014).
/// </summary>
/// <param name="DropProbability">
/// Probability to drop a unit, at least 0 (nothing is dropped) and below 1 (all but nothing is left). Sixteen random bits decide a unit.
/// </param>
[UnionCase("standard")]
public sealed record StandardDropout(double DropProbability) : Dropout
{
    internal override bool IsNoise => DropProbability > 0;

    internal override void Validate(IExceptionContext context) =>
        context.CheckFromZeroToBelowOne(DropProbability, OptionName(nameof(DropProbability)));

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"dropout {DropProbability}");
}
