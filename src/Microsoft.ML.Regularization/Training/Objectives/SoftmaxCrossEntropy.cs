using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>The loss of multiclass classification: <c>-sum_k q_k log softmax(z)_k</c> in nats, with a target distribution q for each row.</summary>
/// <param name="confidencePenalty">See <see cref="RegularizationRecipe.ConfidencePenalty"/>.</param>
internal sealed class SoftmaxCrossEntropy(double confidencePenalty = 0) : Objective
{
    public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors)
    {
        var logProbabilities = nn.functional.log_softmax(outputs, dim: 1);

        // -sum q log p - beta H(p) is -sum (q - beta p) log p.
        var weights = confidencePenalty == 0 ? targets : targets - logProbabilities.exp() * confidencePenalty;
        return -(logProbabilities * weights).sum(1).dot(rowFactors);
    }

    public override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        double largest = TensorPrimitives.Max(outputs);
        var sum = 0.0;
        foreach (var output in outputs)
            sum += Math.Exp(output - largest);
        var logSum = Math.Log(sum);

        var loss = 0.0;
        for (var k = 0; k < outputs.Length; k++)
            loss -= target[k] * (outputs[k] - largest - logSum);
        return loss;
    }
}
