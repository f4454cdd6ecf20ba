using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Computes <see cref="SquaredLoss"/>.</summary>
internal sealed class SquaredObjective : Objective
{
    public override Tensor Sum(Tensor outputs, Tensor targets, Tensor rowFactors) => (outputs - targets).Squared().sum(1).dot(rowFactors).Over(2);

    public override bool HasGradient => true;

    public override double GradientOfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target, Span<float> gradient)
    {
        var sum = 0.0;
        for (var i = 0; i < outputs.Length; i++)
        {
            gradient[i] = outputs[i] - target[i];
            sum += (double)gradient[i] * gradient[i] / 2;
        }

        return sum;
    }

    public override double OfRow(ReadOnlySpan<float> outputs, ReadOnlySpan<float> target)
    {
        var error = (double)outputs[0] - target[0];
        return error * error / 2;
    }
}
