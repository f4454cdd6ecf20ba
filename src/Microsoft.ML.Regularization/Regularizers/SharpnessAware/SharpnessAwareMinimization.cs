using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Sharpness-aware minimization: each step takes the gradient not at the weights w but where the loss is about highest nearby, at
/// <c>w + Rho * g / ||g||</c> with g the batch's gradient at w, so that training seeks minima that are flat (Foret, Kleiner, Mobahi and Neyshabur,
/// "Sharpness-aware minimization for efficiently improving generalization", 2021, eq. 2). A step costs two passes; both have the same noise. The climb is
/// over all parameters together, and over the loss alone: the gradient of <see cref="RegularizationRecipe.L2"/> is added after it, at w, as in the paper.
/// </summary>
public sealed record SharpnessAwareMinimization
{
    /// <summary>How far to climb, a Euclidean distance of weights; above 0 (next to the plain gradient). Default: 0.05.</summary>
    public double Rho { get; init; } = 0.05;

    internal void Validate(IExceptionContext context) =>
        context.CheckAbove(Rho, $"SharpnessAware.{nameof(Rho)}", 0);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"sharpness-aware {Rho}");
}
