using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The root of the mean squared error of the mean prediction, or its mean absolute error. The error of a mean is the mean of the errors.</summary>
internal sealed class ResidualOfMean : EnsembleMetric
{
    private readonly bool _isSquared;
    private readonly float[] _targets;
    private readonly float[] _weights;

    public ResidualOfMean(RowLabels labels, bool isSquared)
    {
        _isSquared = isSquared;
        (_targets, _weights) = (new float[labels.Count], new float[labels.Count]);
        var total = 0.0;
        for (var row = 0; row < _targets.Length; row++)
        {
            (_targets[row], _weights[row]) = (labels[row].Values[0], labels[row].Weight);
            total += _weights[row];
        }

        TensorPrimitives.Multiply(_weights, total > 0 ? (float)(1 / total) : 1, _weights);
    }

    public override float[] Reduce(ReadOnlySpan<float> predictions)
    {
        var errors = new float[_targets.Length];
        TensorPrimitives.Subtract(predictions, _targets, errors);
        return errors;
    }

    public override double Measure(ReadOnlySpan<float> sum, ReadOnlySpan<float> added, int count)
    {
        Span<float> block = stackalloc float[Math.Min(BlockSize, added.Length)];
        var total = 0.0;
        for (var start = 0; start < added.Length; start += block.Length)
        {
            block = block[..Math.Min(block.Length, added.Length - start)];
            TensorPrimitives.Add(sum.Slice(start, block.Length), added.Slice(start, block.Length), block);
            TensorPrimitives.Divide(block, count, block);
            if (_isSquared)
                TensorPrimitives.Multiply(block, block, block);
            else
                TensorPrimitives.Abs(block, block);
            total += TensorPrimitives.Dot<float>(block, _weights.AsSpan(start, block.Length));
        }

        return _isSquared ? Math.Sqrt(total) : total;
    }
}
