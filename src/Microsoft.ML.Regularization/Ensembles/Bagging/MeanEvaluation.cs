using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Loss and metrics of outputs on the validation rows of some networks, such as the mean of theirs.</summary>
internal sealed class MeanEvaluation
{
    private const int BatchSize = 1024;

    private readonly LearningTarget _target;
    private readonly Objective _objective;
    private readonly RowLabels _labels;
    private readonly double[] _weights;

    /// <param name="data">The rows.</param>
    /// <param name="settings">Tell the loss.</param>
    public MeanEvaluation(ITrainingData data, TrainingSettings settings)
    {
        _target = data.Target;
        _objective = (settings.Loss ?? data.Task.DefaultLoss).CreateObjective(settings.Recipe);
        _labels = new RowLabels(_target.TargetSize);
        using var batches = data.Validation.InOrder(BatchSize);
        while (batches.MoveNext())
        {
            foreach (var row in batches.Rows)
                _labels.Add(batches.Table.Label(row));
        }

        _weights = [.. Enumerable.Range(0, _labels.Count).Select(row => (double)_labels[row].Weight)];
    }

    /// <summary>The validation rows' labels and weights.</summary>
    public RowLabels Labels => _labels;

    /// <param name="outputs">A network's outputs for each row.</param>
    /// <param name="encoding">How the network's targets are encoded.</param>
    public (IReadOnlyDictionary<ValidationMetric, double> Metrics, RowLosses Losses) Measure(ReadOnlySpan<float> outputs, TargetEncoding encoding)
    {
        var meter = _target.CreateMeter(encoding);
        var losses = new double[_labels.Count];
        var target = new float[_target.TargetSize];
        for (var row = 0; row < losses.Length; row++)
        {
            var own = outputs.Slice(row * _target.Outputs, _target.Outputs);
            var label = _labels[row];
            label.CopyTo(target);
            encoding.Apply(target, labelSmoothing: 0);
            _objective.OfRows(own, target, losses.AsSpan(row, 1));
            meter.Add(own, label);
        }

        var rowLosses = new RowLosses(losses, _weights);
        return (meter.Measure(rowLosses), rowLosses);
    }
}
