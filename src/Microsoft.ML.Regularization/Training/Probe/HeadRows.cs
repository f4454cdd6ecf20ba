using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Arithmetic;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Features of rows on a common scale with their targets, and the loss that a linear head has on them.</summary>
internal sealed unsafe class HeadRows
{
    private readonly AlignedFloats _features;
    private readonly float[] _targets;
    private readonly float[] _factors;
    private readonly int _width;
    private readonly int _targetSize;
    private readonly int _outputs;
    private readonly AlignedFloats _head;
    private readonly AlignedFloats _biases;
    private readonly AlignedFloats _results;
    private readonly AlignedFloats _slopes;
    private readonly AlignedFloats _gradient;

    /// <param name="table">Has features and targets.</param>
    /// <param name="rows">Which of its rows.</param>
    /// <param name="scale">The features' scale.</param>
    /// <param name="encoding">Encodes the targets.</param>
    /// <param name="outputs">Outputs of the head.</param>
    public HeadRows(RowTable table, int[] rows, FeatureScale scale, TargetEncoding encoding, int outputs)
    {
        (_width, _targetSize, _outputs) = (table.FeatureCount, table.TargetSize, outputs);
        _features = new AlignedFloats(checked(rows.Length * _width));
        (_targets, _factors) = (new float[rows.Length * _targetSize], new float[rows.Length]);
        (_head, _biases, _gradient) = (new AlignedFloats(outputs * _width), new AlignedFloats(outputs), new AlignedFloats(outputs * _width));
        (_results, _slopes) = (new AlignedFloats(rows.Length * outputs), new AlignedFloats(rows.Length * outputs));
        var weight = rows.Sum(row => (double)table.Weight(row));
        foreach (var (place, row) in rows.Index())
        {
            var own = _features.Span.Slice(place * _width, _width);
            table.CopyFeatures(row, own);
            scale.Apply(own);
            table.CopyTarget(row, _targets.AsSpan(place * _targetSize, _targetSize));
            _factors[place] = weight > 0 ? (float)(table.Weight(row) / weight) : 0;
        }

        encoding.Apply(_targets, labelSmoothing: 0);
    }

    public int Count => _factors.Length;

    /// <summary>Numbers of a head: its matrix (outputs, features), row by row, and then its biases.</summary>
    public int Numbers => _outputs * (_width + 1);

    /// <summary>The encoded target of a row.</summary>
    public ReadOnlySpan<float> Target(int row) => _targets.AsSpan(row * _targetSize, _targetSize);

    /// <summary>The outputs of a head, row by row, until others are asked for.</summary>
    public ReadOnlySpan<float> Outputs(ReadOnlySpan<double> head)
    {
        TensorPrimitives.ConvertTruncating(head[..(_outputs * _width)], _head.Span);
        TensorPrimitives.ConvertTruncating(head[(_outputs * _width)..], _biases.Span);
        var results = new Matrix(_results.Pointer, Count, _outputs);
        MatrixProduct.Compute(Features, new Matrix(_head.Pointer, _outputs, _width).Transposed, Matrix.Zeros(Count, _outputs), results);
        for (var row = 0; row < Count; row++)
            TensorPrimitives.Add(results.RowSpan(row), _biases.Span, results.RowSpan(row));
        return _results.Span;
    }

    /// <summary>The mean loss of a head, with <c>penalty / 2</c> times the squares of its matrix, and the gradient by its numbers.</summary>
    public double Loss(Objective objective, double penalty, ReadOnlySpan<double> head, Span<double> gradient)
    {
        var outputs = Outputs(head);
        var loss = 0.0;
        var biases = gradient[(_outputs * _width)..];
        biases.Clear();
        for (var row = 0; row < Count; row++)
        {
            var slopes = _slopes.Span.Slice(row * _outputs, _outputs);
            loss += _factors[row] * objective.GradientOfRow(outputs.Slice(row * _outputs, _outputs), Target(row), slopes);
            TensorPrimitives.Multiply(slopes, _factors[row], slopes);
            for (var output = 0; output < _outputs; output++)
                biases[output] += slopes[output];
        }

        MatrixProduct.Compute(
            new Matrix(_slopes.Pointer, Count, _outputs).Transposed, Features, Matrix.Zeros(_outputs, _width), new Matrix(_gradient.Pointer, _outputs, _width));
        var matrix = head[..(_outputs * _width)];
        var slope = gradient[..(_outputs * _width)];
        TensorPrimitives.ConvertTruncating(_gradient.Span, slope);
        TensorPrimitives.MultiplyAdd(matrix, penalty, slope, slope);
        return loss + penalty / 2 * TensorPrimitives.SumOfSquares(matrix);
    }

    private Matrix Features => new(_features.Pointer, Count, _width);
}
