using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Focal loss: <c>-(1 - p)^Gamma log p</c> for the probability p of the row's class, which gives less weight to rows that are classified well (Lin, Goyal,
/// Girshick, He and Dollar, "Focal loss for dense object detection", 2017, eq. 4; their alpha is <see cref="ClassWeights"/> here). It is defined for hard
/// labels alone. Its probabilities are less confident than those of the cross entropy.
/// </summary>
/// <param name="Gamma">At least 0 (the cross entropy); 2 is usual.</param>
[UnionCase("focal")]
public sealed record FocalLoss(double Gamma = 2) : LossFunction
{
    internal override Capabilities Offers => Gamma == 0 ? Capabilities.MixedTargets : Capabilities.None;

    internal override void Validate(IExceptionContext context) => context.CheckAtLeast(Gamma, $"{nameof(FocalLoss)}.{nameof(Gamma)}", 0);

    internal override Objective CreateObjective(RegularizationRecipe recipe) => new FocalObjective(Gamma);

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"focal loss {Gamma}");
}
