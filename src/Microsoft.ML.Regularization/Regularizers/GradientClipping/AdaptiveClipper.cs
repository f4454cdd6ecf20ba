using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>Clips each unit's gradient relative to its weights: see <see cref="AdaptiveClipping"/>.</summary>
internal sealed class AdaptiveClipper(AdaptiveClipping options, FlatParameters parameters) : GradientClipper(parameters)
{
    // The paper's floor of a unit's norm, without which weights of zero could never grow.
    private const double LeastNorm = 1e-3;

    public override void AfterGradient(double norm)
    {
        foreach (var matrix in Parameters.Matrices)
        {
            if (Parameters.UsesSpans && !matrix.IsBySlot)
            {
                Clip(matrix.In(Parameters.WeightSpan), matrix.In(Parameters.GradientSpan), (int)matrix.Columns, options.MaxRatio);
                continue;
            }

            using var scope = NewDisposeScope();
            using var _ = no_grad();
            Clip(matrix.In(Parameters.Weights), matrix.In(Parameters.Gradients), options.MaxRatio);
        }
    }

    internal static void Clip(ReadOnlySpan<float> weights, Span<float> gradients, int columns, double ratio)
    {
        for (; gradients.Length > 0; weights = weights[columns..], gradients = gradients[columns..])
        {
            var unit = gradients[..columns];
            var most = ratio * Math.Max(TensorPrimitives.Norm(weights[..columns]), LeastNorm);
            var norm = TensorPrimitives.Norm<float>(unit);
            if (norm > most)
                TensorPrimitives.Multiply(unit, (float)(most / norm), unit);
        }
    }

    internal static void Clip(Tensor weights, Tensor gradients, double ratio)
    {
        var most = weights.norm(dim: 1, keepdim: true).AtLeast(LeastNorm).Times(ratio);
        gradients.mul_((most / gradients.norm(dim: 1, keepdim: true)).AtMost(1));
    }
}
