using System.Numerics.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>
/// A trained <see cref="Normalization"/> of a row in managed code. That of batches is affine: it can be folded into a linear layer before it.
/// </summary>
internal sealed class NormalizationFunction
{
    private NormalizationFunction(bool isAffine, float[] scale, float[] shift, float epsilon) => (IsAffine, Scale, Shift, Epsilon) = (isAffine, scale, shift, epsilon);

    /// <summary>Whether it is <c>x * Scale + Shift</c> and no more.</summary>
    public bool IsAffine { get; }

    public float[] Scale { get; }

    public float[] Shift { get; }

    /// <summary>Is added to variances.</summary>
    public float Epsilon { get; }

    public static NormalizationFunction Read(IExceptionContext context, NetworkWeights weights, NormalizationDescription description)
    {
        var (name, units, epsilon) = (description.Name, description.Units, (float)description.Epsilon);
        var scale = weights.Read(context, name + ".weight", units);
        var shift = weights.Read(context, name + ".bias", units);
        if (description.Normalization == Normalization.Layer)
            return new NormalizationFunction(isAffine: false, scale, shift, epsilon);

        var mean = weights.Read(context, name + ".running_mean", units);
        var variance = weights.Read(context, name + ".running_var", units);
        for (var unit = 0; unit < units; unit++)
        {
            scale[unit] /= MathF.Sqrt(variance[unit] + epsilon);
            shift[unit] -= mean[unit] * scale[unit];
        }

        return new NormalizationFunction(isAffine: true, scale, shift, epsilon);
    }

    /// <param name="row">One value for each unit.</param>
    /// <param name="normalized">Receives the normalized row; may be the row itself.</param>
    public void Apply(ReadOnlySpan<float> row, Span<float> normalized)
    {
        if (IsAffine)
        {
            TensorPrimitives.MultiplyAdd(row, Scale, Shift, normalized);
            return;
        }

        TensorPrimitives.Subtract(row, TensorPrimitives.Sum(row) / row.Length, normalized);
        var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(normalized) / row.Length + Epsilon);
        TensorPrimitives.Divide(normalized, deviation, normalized);
        TensorPrimitives.MultiplyAdd(normalized, Scale, Shift, normalized);
    }

    /// <param name="rows">Rows of one value for each unit, one row after the other.</param>
    /// <param name="normalized">Receives the normalized rows; may be the rows themselves.</param>
    public void ApplyToRows(ReadOnlySpan<float> rows, Span<float> normalized)
    {
        for (var start = 0; start < rows.Length; start += Scale.Length)
            Apply(rows.Slice(start, Scale.Length), normalized.Slice(start, Scale.Length));
    }

    /// <summary>
    /// The same of a row of independent random numbers. That of a layer takes the row's variance for its expectation, and the row's mean takes its part
    /// of each unit's noise away.
    /// </summary>
    /// <param name="means">One for each unit.</param>
    /// <param name="variances">One for each unit.</param>
    public void ApplyToMoments(Span<float> means, Span<float> variances)
    {
        var share = 1f / means.Length;
        var mean = TensorPrimitives.Sum<float>(means) * share;
        var meanVariance = TensorPrimitives.Sum<float>(variances) * share;
        TensorPrimitives.Subtract(means, mean, means);
        var deviation = MathF.Sqrt(TensorPrimitives.SumOfSquares<float>(means) * share + meanVariance * (1 - share) + Epsilon);
        TensorPrimitives.Divide(means, deviation, means);
        TensorPrimitives.MultiplyAdd(means, Scale, Shift, means);

        TensorPrimitives.Multiply(variances, 1 - 2 * share, variances);
        TensorPrimitives.Add(variances, meanVariance * share, variances);
        TensorPrimitives.Divide(variances, deviation, variances);
        TensorPrimitives.Divide(variances, deviation, variances);
        TensorPrimitives.Multiply(variances, Scale, variances);
        TensorPrimitives.Multiply(variances, Scale, variances);
    }
}
