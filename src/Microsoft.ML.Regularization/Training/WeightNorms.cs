using System.Numerics.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization;

/// <summary>The Euclidean norms of weights, for the history.</summary>
internal static class WeightNorms
{
    /// <summary>The norm of all matrices together.</summary>
    public static double Of(FlatParameters parameters) =>
        Math.Sqrt(parameters.Matrices.Sum(matrix => Math.Pow(Of(parameters, matrix), 2)));

    /// <summary>The layers of which the given weights are.</summary>
    public static IReadOnlyList<LayerReport> Of(FlatParameters parameters, IReadOnlyList<string> names, double learningRate) =>
    [
        .. parameters.Matrices.Where(matrix => names.Contains(matrix.Name)).Select(matrix =>
        {
            var norm = Of(parameters, matrix);
            return new LayerReport(matrix.Name, norm, norm > 0 ? learningRate / (norm * norm) : 0);
        }),
    ];

    private static double Of(FlatParameters parameters, MatrixRange matrix)
    {
        if (parameters.UsesSpans)
            return TensorPrimitives.Norm<float>(matrix.In(parameters.WeightSpan));

        using var scope = NewDisposeScope();
        return matrix.In(parameters.Weights).norm().item<float>();
    }
}
