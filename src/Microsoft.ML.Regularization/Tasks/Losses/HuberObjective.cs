using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Computes <see cref="HuberLoss"/>.</summary>
internal sealed class HuberObjective(double delta) : Objective
{
    public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors)
    {
        // With c = min(|e|, delta) both branches are c (|e| - c / 2).
        var error = (outputs - targets).abs();
        var near = error.AtMost(delta);
        return (near * (error - near.Over(2))).sum(1).dot(rowFactors);
    }

    public override bool HasGradient => true;

    public override double GradientOfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < outputs.Length; i++)
        {
            var error = (double)outputs[i] - target[i];
            gradient[i] = (float)(error < -delta ? -delta : error > delta ? delta : error);
            var near = Math.Min(Math.Abs(error), delta);
            sum += near * (Math.Abs(error) - near / 2);
        }

        return sum;
    }

    public override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        var error = Math.Abs((double)outputs[0] - target[0]);
        var near = Math.Min(error, delta);
        return near * (error - near / 2);
    }
}
