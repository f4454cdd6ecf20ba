using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Tensors;

/// <summary>The Euclidean norm of the whole gradient.</summary>
internal static class GradientNorm
{
    // Partial sums of this many squares are added in double precision.
    private const int Chunk = 4096;

    private const int Range = 16 * Chunk;

    public static double Of(FlatParameters parameters)
    {
        if (!parameters.UsesSpans)
            return Of(parameters.Gradients);

        var count = (int)parameters.Gradients.numel();
        var squares = new double[(count + Range - 1) / Range];
        RangeWork.Run(count, Range, (start, length) => squares[start / Range] = SumOfSquares(parameters.GradientSpan.Slice(start, length)));
        return Math.Sqrt(squares.Sum() + parameters.Waiting.Sum(waiting => SumOfSquares(waiting.Matrix.Gradients)));
    }

    internal static double Of(ReadOnlySpan<float> gradients) => Math.Sqrt(SumOfSquares(gradients));

    internal static double Of(Tensor gradients)
    {
        using var scope = NewDisposeScope();
        return gradients.Squared().sum(ScalarType.Float64).sqrt().item<double>();
    }

    private static double SumOfSquares(ReadOnlySpan<float> gradients)
    {
        var sum = 0.0;
        for (; gradients.Length > Chunk; gradients = gradients[Chunk..])
            sum += TensorPrimitives.SumOfSquares(gradients[..Chunk]);
        return sum + TensorPrimitives.SumOfSquares(gradients);
    }
}
