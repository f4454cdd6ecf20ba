using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Computes <see cref="FocalLoss"/>; for a target distribution, as class weights produce it, each class's term is weighted by its share.</summary>
internal sealed class FocalObjective(double gamma) : Objective
{
    public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors)
    {
        var logProbabilities = ClassProbabilities.Logarithms(outputs);

        // The root's slope at 0 has no bound where Gamma is below 1: a probability of 1 is kept apart from it.
        var rest = (-logProbabilities.exp()).Plus(1).AtLeast(1e-7);
        return -(rest.ToPower(gamma) * logProbabilities * targets).sum(1).dot(rowFactors);
    }

    public override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        Span<double> logarithms = target.Length <= 64 ? stackalloc double[target.Length] : new double[target.Length];
        ClassProbabilities.Logarithms(outputs, logarithms);
        var loss = 0.0;
        for (var k = 0; k < target.Length; k++)
            loss -= target[k] == 0 ? 0 : target[k] * Math.Pow(1 - Math.Exp(logarithms[k]), gamma) * logarithms[k];
        return loss;
    }
}
