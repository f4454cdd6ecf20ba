namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Computes <see cref="AbsoluteLoss"/>.</summary>
internal sealed class AbsoluteObjective : Objective
{
    public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors) => (outputs - targets).abs().sum(1).dot(rowFactors);

    public override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target) => Math.Abs((double)outputs[0] - target[0]);
}
