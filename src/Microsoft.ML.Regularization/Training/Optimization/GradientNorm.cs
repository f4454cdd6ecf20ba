using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>The Euclidean norm of the whole gradient.</summary>
internal static class GradientNorm
{
    // Partial sums of this many squares are added in double precision.
    private const int Chunk = 4096;

    public static double Of(FlatParameters parameters) => parameters.UsesSpans ? Of(parameters.GradientSpan) : Of(parameters.Gradients);

    internal static double Of(ReadOnlySpan<float> gradients)
    {
        var sum = 0.0;
        for (; gradients.Length > Chunk; gradients = gradients[Chunk..])
            sum += TensorPrimitives.SumOfSquares(gradients[..Chunk]);
        return Math.Sqrt(sum + TensorPrimitives.SumOfSquares(gradients));
    }

    internal static double Of(Tensor gradients)
    {
        using var scope = NewDisposeScope();
        return gradients.Squared().sum(ScalarType.Float64).sqrt().item<double>();
    }
}
