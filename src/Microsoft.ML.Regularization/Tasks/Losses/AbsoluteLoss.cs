using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization;

/// <summary>The absolute error <c>|z - y|</c>, in units of the training targets' standard deviation.</summary>
[UnionCase("absolute")]
public sealed record AbsoluteLoss : LossFunction
{
    internal override Objective CreateObjective(RegularizationRecipe recipe) => new AbsoluteObjective();

    /// <inheritdoc/>
    public override string ToString() => "absolute loss";
}
