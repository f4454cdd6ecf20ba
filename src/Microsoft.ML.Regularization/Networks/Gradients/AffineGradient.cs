using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary><c>x * scale + shift</c> for each unit: batch normalization, and learned factors.</summary>
internal sealed class AffineGradient(float[] scale, float[] shift) : LayerGradient(scale.Length, scale.Length)
{
    public override void Forward(Matrix input, Matrix output)
    {
        for (var row = 0; row < input.Rows; row++)
            TensorPrimitives.MultiplyAdd(input.RowSpan(row), scale, shift, output.RowSpan(row));
    }

    public override void Backward(Matrix input, Matrix gradient, Matrix inputGradient)
    {
        for (var row = 0; row < input.Rows; row++)
            TensorPrimitives.Multiply(gradient.RowSpan(row), scale, inputGradient.RowSpan(row));
    }
}
