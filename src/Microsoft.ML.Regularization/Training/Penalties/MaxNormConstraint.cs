using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>See <see cref="RegularizationRecipe.MaxNorm"/>.</summary>
internal static class MaxNormConstraint
{
    /// <summary>Scales the incoming weights of each unit, a row of its matrix, down to the norm where they are longer.</summary>
    public static void Project(FlatParameters parameters, double? maximumNorm)
    {
        if (maximumNorm is not { } norm)
            return;

        foreach (var matrix in parameters.Matrices)
        {
            if (parameters.UsesSpans)
            {
                Project(parameters.WeightSpan.Slice((int)matrix.Start, (int)matrix.Length), (int)matrix.Columns, norm);
                continue;
            }

            using var scope = NewDisposeScope();
            using var _ = no_grad();
            Project(parameters.Weights.narrow(0, matrix.Start, matrix.Length).view(-1, matrix.Columns), norm);
        }
    }

    internal static void Project(Span<float> matrix, int columns, double maximumNorm)
    {
        for (; matrix.Length > 0; matrix = matrix[columns..])
        {
            var row = matrix[..columns];
            var norm = TensorPrimitives.Norm<float>(row);
            if (norm > maximumNorm)
                TensorPrimitives.Multiply(row, (float)(maximumNorm / norm), row);
        }
    }

    internal static void Project(Tensor matrix, double maximumNorm)
    {
        var norms = matrix.norm(dim: 1, keepdim: true);
        matrix.mul_((maximumNorm / norms).clamp_max(1));
    }
}
