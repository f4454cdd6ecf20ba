using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Limits the norm of each unit's incoming weights: see <see cref="RegularizationRecipe.MaxNorm"/>.</summary>
/// <param name="maxNorm">The greatest norm of a unit's incoming weights; above 0.</param>
/// <param name="parameters">The parameters to limit.</param>
internal sealed class MaxNormConstraint(double maxNorm, FlatParameters parameters) : IAfterStep
{
    /// <summary>Scales the incoming weights of each unit, a row of its matrix, down to the norm where they are longer.</summary>
    public void AfterStep()
    {

        foreach (var matrix in parameters.Matrices)
        {
            if (parameters.UsesSpans && !matrix.IsBySlot)
            {
                Project(matrix.In(parameters.WeightSpan), (int)matrix.Columns, maxNorm);
                continue;
            }

            using var scope = NewDisposeScope();
            using var _ = no_grad();
            Project(matrix.In(parameters.Weights), maxNorm);
        }
    }

    internal static void Project(Span<float> matrix, int columns, double maxNorm)
    {
        for (; matrix.Length > 0; matrix = matrix[columns..])
        {
            var row = matrix[..columns];
            var norm = TensorPrimitives.Norm<float>(row);
            if (norm > maxNorm)
                TensorPrimitives.Multiply(row, (float)(maxNorm / norm), row);
        }
    }

    internal static void Project(Tensor matrix, double maxNorm)
    {
        var norms = matrix.norm(dim: 1, keepdim: true);
        matrix.mul_(norms.reciprocal().Times(maxNorm).AtMost(1));
    }
}
