using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization;

/// <summary>Half the squared error <c>(z - y)^2 / 2</c>, in units of the training targets' standard deviation.</summary>
[UnionCase("squared")]
public sealed record SquaredLoss : LossFunction
{
    internal override Objective CreateObjective(RegularizationRecipe recipe) => new SquaredObjective();

    /// <inheritdoc/>
    public override string ToString() => "squared loss";
}
