using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Layer normalization of each row by itself.</summary>
internal sealed class LayerNormGradient(NormalizationFunction normalization) : LayerGradient(normalization.Scale.Length, normalization.Scale.Length)
{
    public override void Forward(Matrix input, Matrix output)
    {
        for (var row = 0; row < input.Rows; row++)
            normalization.Apply(input.RowSpan(row), output.RowSpan(row));
    }

    public override void Backward(Matrix input, Matrix gradient, Matrix inputGradient)
    {
        var centred = new float[Inputs];
        for (var row = 0; row < input.Rows; row++)
        {
            var given = gradient.RowSpan(row);
            var result = inputGradient.RowSpan(row);
            TensorPrimitives.Subtract(input.RowSpan(row), TensorPrimitives.Sum<float>(input.RowSpan(row)) / Inputs, centred);
            var variance = TensorPrimitives.SumOfSquares<float>(centred) / Inputs + normalization.Epsilon;

            // What the row's mean and its variance take away.
            TensorPrimitives.Multiply(given, normalization.Scale, given);
            var (sum, along) = (TensorPrimitives.Sum<float>(given) / Inputs, TensorPrimitives.Dot<float>(given, centred) / Inputs / variance);
            TensorPrimitives.Subtract(given, sum, given);
            TensorPrimitives.MultiplyAdd(centred, -along, given, result);
            TensorPrimitives.Divide(result, MathF.Sqrt(variance), result);
        }
    }
}
