using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Accuracy over the rows, and as a mean over the classes.</summary>
internal class ClassificationMeter(int classes) : ValidationMeter
{
    private readonly double[] _right = new double[classes];
    private readonly double[] _weights = new double[classes];

    public override void Add(ReadOnlySpan<float> output, RowLabel label)
    {
        var expected = label.MostProbableClass;
        _weights[expected] += label.Weight;
        if (PredictedClass(output) == expected)
            _right[expected] += label.Weight;
    }

    /// <summary>The class that the outputs predict.</summary>
    protected virtual int PredictedClass(ReadOnlySpan<float> output) => TensorPrimitives.IndexOfMax(output);

    public override IReadOnlyDictionary<ValidationMetric, double> Measure(RowLosses rows)
    {
        var shown = Enumerable.Range(0, classes).Where(k => _weights[k] > 0).ToList();
        return new Dictionary<ValidationMetric, double>
        {
            [ValidationMetric.Loss] = rows.Mean,
            [ValidationMetric.Accuracy] = shown.Count == 0 ? 0 : _right.Sum() / _weights.Sum(),
            [ValidationMetric.MacroAccuracy] = shown.Count == 0 ? 0 : shown.Average(k => _right[k] / _weights[k]),
        };
    }
}
