using System.Numerics.Tensors;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Tasks;

/// <summary>Accuracy over the rows, and as a mean over the classes; and the loss that is left after calibration.</summary>
/// <param name="classes">How many there are.</param>
/// <param name="outputs">Outputs of the network.</param>
/// <param name="encoding">How targets are encoded for the loss.</param>
internal class ClassificationMeter(int classes, int outputs, TargetEncoding encoding) : ValidationMeter
{
    private readonly double[] _right = new double[classes];
    private readonly double[] _weights = new double[classes];
    private readonly float[] _target = new float[classes];
    private readonly CalibrationRows _rows = new(outputs);
    private (double Deviation, LearnedCalibration? Calibration)? _learned;

    public override void Add(ReadOnlySpan<float> output, RowLabel label)
    {
        var expected = label.MostProbableClass;
        _weights[expected] += label.Weight;
        if (PredictedClass(output) == expected)
            _right[expected] += label.Weight;

        Array.Clear(_target);
        if (label.Class is { } hardClass)
            _target[hardClass] = 1;
        else
            label.Values.CopyTo(_target);
        encoding.Apply(_target, labelSmoothing: 0);
        _rows.Add(output, _target, label.Weight);
    }

    /// <summary>The class that the outputs predict.</summary>
    protected virtual int PredictedClass(ReadOnlySpan<float> output) => TensorPrimitives.IndexOfMax(output);

    public override IReadOnlyDictionary<ValidationMetric, double> Measure(RowLosses rows)
    {
        var shown = Enumerable.Range(0, classes).Where(k => _weights[k] > 0).ToList();
        var temperature = Calibrate(TemperatureScaling.DefaultPriorDeviation)?.Temperature ?? 1;
        return new Dictionary<ValidationMetric, double>
        {
            [ValidationMetric.Loss] = rows.Mean,
            [ValidationMetric.Accuracy] = shown.Count == 0 ? 0 : _right.Sum() / _weights.Sum(),
            [ValidationMetric.MacroAccuracy] = shown.Count == 0 ? 0 : shown.Average(k => _right[k] / _weights[k]),
            [ValidationMetric.CalibratedLoss] = _rows.At(1 / temperature).Loss,
        };
    }

    public override LearnedCalibration? Calibrate(double priorDeviation)
    {
        if (_learned is not { } learned || !learned.Deviation.Equals(priorDeviation))
            _learned = learned = (priorDeviation, TemperatureFit.Of(_rows, priorDeviation));
        return learned.Calibration;
    }
}
