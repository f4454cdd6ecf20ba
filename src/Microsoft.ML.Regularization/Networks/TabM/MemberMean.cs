using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The outputs of members (batch, members, outputs) to the outputs whose prediction is the mean of theirs (batch, outputs).</summary>
internal static class MemberMean
{
    /// <param name="outputs">(batch, members, outputs).</param>
    /// <param name="areLogits">
    /// Whether probabilities are averaged, of one logit or of one for each class; the result is a logit, or the logarithms of the classes' probabilities. Else
    /// values are.
    /// </param>
    public static Tensor Of(Tensor outputs, bool areLogits)
    {
        if (!areLogits)
            return outputs.mean([1]);
        if (outputs.shape[2] > 1)
            return outputs.log_softmax(2).logsumexp(1).Minus(Math.Log(outputs.shape[1]));

        // log p - log(1 - p); the members' number cancels.
        return (-(-outputs).Softplus()).logsumexp(1) - (-outputs.Softplus()).logsumexp(1);
    }
}
