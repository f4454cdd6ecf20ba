using System.Numerics.Tensors;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Features less their mean, over the root of their mean squared length: one number for all of them, since a network's features are on a common scale already.</summary>
/// <param name="means">Of each feature.</param>
/// <param name="factor">1 over that root.</param>
internal sealed class FeatureScale(float[] means, double factor)
{
    /// <summary>That of rows.</summary>
    public static FeatureScale Of(RowTable table)
    {
        var (sums, squares, features) = (new double[table.FeatureCount], 0.0, new float[table.FeatureCount]);
        for (var row = 0; row < table.Count; row++)
        {
            table.CopyFeatures(row, features);
            for (var i = 0; i < sums.Length; i++)
                sums[i] += features[i];
            squares += TensorPrimitives.SumOfSquares<float>(features);
        }

        TensorPrimitives.Divide<double>(sums, table.Count, sums);
        var spread = squares / table.Count - TensorPrimitives.SumOfSquares<double>(sums);
        return new FeatureScale([.. sums.Select(sum => (float)sum)], spread > 0 ? 1 / Math.Sqrt(spread) : 1);
    }

    /// <summary>Brings features to the scale, in place.</summary>
    public void Apply(Span<float> features)
    {
        TensorPrimitives.Subtract(features, means, features);
        TensorPrimitives.Multiply(features, (float)factor, features);
    }

    /// <summary>A head for features as they come, of one for scaled features and what its outputs are multiplied by.</summary>
    /// <param name="head">Matrix and biases.</param>
    /// <param name="multiplier">Of the outputs.</param>
    public (float[] Matrix, float[] Biases) Unscaled(ReadOnlySpan<double> head, double multiplier)
    {
        var outputs = head.Length / (means.Length + 1);
        var (matrix, biases) = (new float[outputs * means.Length], new float[outputs]);
        for (var output = 0; output < outputs; output++)
        {
            var bias = head[outputs * means.Length + output] * multiplier;
            for (var i = 0; i < means.Length; i++)
            {
                var weight = head[output * means.Length + i] * factor * multiplier;
                matrix[output * means.Length + i] = (float)weight;
                bias -= weight * means[i];
            }

            biases[output] = (float)bias;
        }

        return (matrix, biases);
    }
}
