using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>A linear layer of its own for the row of each member.</summary>
/// <param name="members">How many.</param>
/// <param name="weight">(members * outputs, inputs).</param>
/// <param name="bias">(members * outputs).</param>
internal sealed class MemberOutputGradient(int members, float[] weight, float[] bias) : LayerGradient(weight.Length / bias.Length, bias.Length / members)
{
    public override void Forward(Matrix input, Matrix output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var source = input.RowSpan(row);
            var result = output.RowSpan(row);
            for (var unit = 0; unit < Outputs; unit++)
                result[unit] = bias[row % members * Outputs + unit] + TensorPrimitives.Dot<float>(source, WeightsOf(row, unit));
        }
    }

    public override void Backward(Matrix input, Matrix gradient, Matrix inputGradient)
    {
        for (var row = 0; row < gradient.Rows; row++)
        {
            var given = gradient.RowSpan(row);
            var result = inputGradient.RowSpan(row);
            TensorPrimitives.Multiply(WeightsOf(row, 0), given[0], result);
            for (var unit = 1; unit < Outputs; unit++)
                TensorPrimitives.MultiplyAdd(WeightsOf(row, unit), given[unit], result, result);
        }
    }

    private ReadOnlySpan<float> WeightsOf(int row, int unit) => weight.AsSpan((row % members * Outputs + unit) * Inputs, Inputs);
}
