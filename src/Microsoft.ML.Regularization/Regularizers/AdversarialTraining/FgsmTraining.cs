using System.Globalization;
using Microsoft.ML.Regularization.Foundation;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The fast gradient sign method: <c>x + Epsilon * sign(g)</c> with g the loss's gradient at the features x (Goodfellow, Shlens and Szegedy, "Explaining
/// and harnessing adversarial examples", 2015).
/// </summary>
[UnionCase("fgsm")]
public sealed record FgsmTraining : AdversarialTraining
{
    /// <summary>The attack with the given reach.</summary>
    /// <param name="epsilon">How far every feature is changed, in its own units; above 0.</param>
    public FgsmTraining(double epsilon)
        : base(epsilon)
    {
    }

    private protected override string Attack => string.Create(CultureInfo.InvariantCulture, $"FGSM {Epsilon}");
}
