using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Tasks;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The share of rows whose most probable class by the mean is not the labelled one; over rows, or as a mean over the classes.</summary>
internal sealed class ErrorOfMean : EnsembleMetric
{
    private readonly int[] _classes;
    private readonly double[] _weights;

    /// <param name="labels">The rows' labels and weights.</param>
    /// <param name="countsClassesAlike">Whether every class counts the same, however many rows it has.</param>
    public ErrorOfMean(RowLabels labels, bool countsClassesAlike)
    {
        _classes = new int[labels.Count];
        _weights = new double[labels.Count];
        var totals = new double[labels.TargetSize];
        for (var row = 0; row < labels.Count; row++)
        {
            var label = labels[row];
            (_classes[row], _weights[row]) = (label.MostProbableClass, label.Weight);
            totals[_classes[row]] += label.Weight;
        }

        var (total, shown) = (totals.Sum(), totals.Count(weight => weight > 0));
        for (var row = 0; row < _weights.Length; row++)
        {
            if (_weights[row] > 0)
                _weights[row] /= countsClassesAlike ? shown * totals[_classes[row]] : total;
        }
    }

    // A single number is the probability of true; less a half its sign tells the class, of a sum as well.
    public override float[] Reduce(ReadOnlySpan<float> predictions)
    {
        var reduced = predictions.ToArray();
        if (reduced.Length == _classes.Length)
            TensorPrimitives.Subtract(reduced, 0.5f, reduced);
        return reduced;
    }

    public override double Measure(ReadOnlySpan<float> sum, ReadOnlySpan<float> added, int count)
    {
        if (_classes.Length == 0)
            return 0;

        var width = added.Length / _classes.Length;
        var mean = width <= BlockSize ? stackalloc float[width] : new float[width];
        var wrong = 0.0;
        for (var row = 0; row < _classes.Length; row++)
        {
            var place = row * width;
            TensorPrimitives.Add(sum.Slice(place, width), added.Slice(place, width), mean);
            var predicted = width == 1 ? (mean[0] > 0 ? 1 : 0) : TensorPrimitives.IndexOfMax<float>(mean);
            if (predicted != _classes[row])
                wrong += _weights[row];
        }

        return wrong;
    }
}
