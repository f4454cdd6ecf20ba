using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Computes <see cref="CrossEntropyLoss"/>: <c>-sum_k q_k log p_k</c>, with a distribution q for each row, less the confidence penalty.</summary>
/// <param name="confidencePenalty">See <see cref="RegularizationRecipe.ConfidencePenalty"/>.</param>
internal sealed class CrossEntropyObjective(ConfidencePenalty? confidencePenalty = null) : Objective
{
    public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors)
    {
        var logProbabilities = ClassProbabilities.Logarithms(outputs);
        var loss = -(logProbabilities * targets).sum(1);
        if (confidencePenalty is not null)
            loss = loss.Plus(Penalty(logProbabilities).Times(confidencePenalty.Weight));
        return loss.dot(rowFactors);
    }

    public override bool HasGradient => confidencePenalty is null;

    // The slope of a logit is its class's probability less that of the target; targets of class weights need not add up to 1.
    public override double GradientOfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient)
    {
        Span<double> logarithms = target.Length <= 64 ? stackalloc double[target.Length] : new double[target.Length];
        ClassProbabilities.Logarithms(outputs, logarithms);
        var (loss, total) = (0.0, 0.0);
        for (var k = 0; k < target.Length; k++)
        {
            loss -= target[k] == 0 ? 0 : target[k] * logarithms[k];
            total += target[k];
        }

        for (var k = target.Length - outputs.Length; k < target.Length; k++)
            gradient[k - target.Length + outputs.Length] = (float)(total * Math.Exp(logarithms[k]) - target[k]);
        return loss;
    }

    public override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        Span<double> logarithms = target.Length <= 64 ? stackalloc double[target.Length] : new double[target.Length];
        ClassProbabilities.Logarithms(outputs, logarithms);
        var loss = 0.0;
        for (var k = 0; k < target.Length; k++)
            loss -= target[k] == 0 ? 0 : target[k] * logarithms[k];
        return loss;
    }

    private Tensor Penalty(Tensor logProbabilities)
    {
        var negativeEntropy = (logProbabilities * logProbabilities.exp()).sum(1);
        return confidencePenalty!.EntropyThreshold is { } threshold ? nn.functional.relu(negativeEntropy.Plus(threshold)) : negativeEntropy;
    }
}
