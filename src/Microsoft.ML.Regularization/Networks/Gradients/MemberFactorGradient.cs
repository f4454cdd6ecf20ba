using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Each row becomes one for each member, times factors of its own.</summary>
/// <param name="members">How many.</param>
/// <param name="factors">(members, inputs).</param>
internal sealed class MemberFactorGradient(int members, float[] factors) : LayerGradient(factors.Length / members, factors.Length / members)
{
    public override int RowsBehind(int rows) => rows * members;

    public override void Forward(Matrix input, Matrix output)
    {
        for (var row = 0; row < output.Rows; row++)
            TensorPrimitives.Multiply(input.RowSpan(row / members), FactorsOf(row), output.RowSpan(row));
    }

    public override void Backward(Matrix input, Matrix gradient, Matrix inputGradient)
    {
        for (var row = 0; row < gradient.Rows; row++)
        {
            var result = inputGradient.RowSpan(row / members);
            if (row % members == 0)
                result.Clear();
            TensorPrimitives.MultiplyAdd(gradient.RowSpan(row), FactorsOf(row), result, result);
        }
    }

    private ReadOnlySpan<float> FactorsOf(int row) => factors.AsSpan(row % members * Inputs, Inputs);
}
