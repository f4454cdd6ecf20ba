using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization;

/// <summary>
/// The cross entropy <c>-sum_k q_k log p_k</c> in nats of a row's label distribution q and the predicted probabilities p: softmax over the outputs for
/// several classes, the sigmoid of one output for two.
/// </summary>
[UnionCase("crossEntropy")]
public sealed record CrossEntropyLoss : LossFunction
{
    internal override Capabilities Offers => Capabilities.MixedTargets | Capabilities.EntropyTerm;

    internal override Objective CreateObjective(RegularizationRecipe recipe) => new CrossEntropyObjective(recipe.ConfidencePenalty);

    /// <inheritdoc/>
    public override string ToString() => "cross entropy";
}
