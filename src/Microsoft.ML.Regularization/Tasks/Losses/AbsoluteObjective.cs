namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Computes <see cref="AbsoluteLoss"/>.</summary>
internal sealed class AbsoluteObjective : Objective
{
    public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors) => (outputs - targets).abs().sum(1).dot(rowFactors);

    public override bool HasGradient => true;

    public override double GradientOfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < outputs.Length; i++)
        {
            var error = outputs[i] - target[i];
            gradient[i] = error > 0 ? 1 : error < 0 ? -1 : 0;
            sum += Math.Abs(error);
        }

        return sum;
    }

    public override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target) => Math.Abs((double)outputs[0] - target[0]);
}
