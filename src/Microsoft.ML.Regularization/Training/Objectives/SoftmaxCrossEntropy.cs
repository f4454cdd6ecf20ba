using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>The loss of multiclass classification: <c>-sum_k q_k log softmax(z)_k</c> in nats, with a target distribution q for each row.</summary>
internal static class SoftmaxCrossEntropy
{
    /// <summary>The weighted sum of the rows' losses, from which gradients flow.</summary>
    /// <param name="logits">(rows, classes).</param>
    /// <param name="targets">(rows, classes), each row a distribution.</param>
    /// <param name="rowFactors">(rows): each row's weight over the normalizer of the sum.</param>
    /// <param name="confidencePenalty">See <see cref="RegularizationRecipe.ConfidencePenalty"/>.</param>
    public static Tensor Sum(Tensor logits, Tensor targets, Tensor rowFactors, double confidencePenalty = 0)
    {
        var logProbabilities = nn.functional.log_softmax(logits, dim: 1);

        // -sum q log p - beta H(p) is -sum (q - beta p) log p.
        var weights = confidencePenalty == 0 ? targets : targets - logProbabilities.exp() * confidencePenalty;
        return -(logProbabilities * weights).sum(1).dot(rowFactors);
    }

    /// <summary>One row's loss in managed code.</summary>
    public static double OfRow(ReadOnlySpan<float> logits, ReadOnlySpan<float> target)
    {
        double largest = TensorPrimitives.Max(logits);
        var sum = 0.0;
        foreach (var logit in logits)
            sum += Math.Exp(logit - largest);
        var logSum = Math.Log(sum);

        var loss = 0.0;
        for (var k = 0; k < logits.Length; k++)
            loss -= target[k] * (logits[k] - largest - logSum);
        return loss;
    }
}
