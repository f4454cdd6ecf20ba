
namespace Microsoft.ML.Regularization.Tasks;

/// <summary>The mean cross entropy of the tokens that are asked for.</summary>
internal sealed class MaskedTokenObjective : PretextObjective
{
    /// <param name="outputs">(asked tokens, vocabulary): logits.</param>
    /// <param name="targets">(asked tokens), of int64.</param>
    /// <param name="rowFactors">Not read: each token that is asked for counts alike.</param>
    public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors) => targets.shape[0] == 0
        ? outputs.sum()
        : -outputs.log_softmax(1).gather(1, targets.unsqueeze(1)).mean();
}
