using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tensors;
using static TorchSharp.torch;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The Euclidean norms of weights, for the history.</summary>
internal static class WeightNorms
{
    /// <summary>The norm of all matrices together.</summary>
    public static double Of(FlatParameters parameters) => Math.Sqrt(Each(parameters, _ => true).Sum(matrix => matrix.Norm * matrix.Norm));

    /// <summary>The layers of which the given weights are.</summary>
    public static ValueList<LayerReport> Of(FlatParameters parameters, IReadOnlyList<string> names, double learningRate) =>
    [
        .. Each(parameters, names.Contains).Select(matrix =>
            new LayerReport(matrix.Name, matrix.Norm, matrix.Norm > 0 ? learningRate / (matrix.Norm * matrix.Norm) : 0)),
    ];

    private static IEnumerable<(string Name, double Norm)> Each(FlatParameters parameters, Func<string, bool> takes)
    {
        foreach (var (name, matrix) in parameters.Waiting.Where(waiting => takes(waiting.Name)))
            yield return (name, GradientNorm.Of(matrix.Weights));
        foreach (var matrix in parameters.Matrices.Where(matrix => takes(matrix.Name)))
            yield return (matrix.Name, Of(parameters, matrix));
    }

    private static double Of(FlatParameters parameters, MatrixRange matrix)
    {
        if (parameters.UsesSpans)
            return TensorPrimitives.Norm<float>(matrix.In(parameters.WeightSpan));

        using var scope = NewDisposeScope();
        return matrix.In(parameters.Weights).norm().item<float>();
    }
}
