using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>Loss and metrics of the outputs of a network, or of the mean of several, on rows that they do not train on.</summary>
internal sealed class MeanEvaluation
{
    private const int BatchSize = 1024;

    private readonly LearningTarget _target;
    private readonly Objective _objective;
    private readonly RowLabels _labels;
    private readonly double[] _weights;

    /// <param name="data">Tells how labels are learned.</param>
    /// <param name="settings">Tell the loss.</param>
    /// <param name="labels">The rows' labels.</param>
    public MeanEvaluation(ITrainingData data, TrainingSettings settings, RowLabels labels)
    {
        (_target, _labels) = (data.Target, labels);
        _objective = (settings.Loss ?? data.Task.DefaultLoss).CreateObjective(settings.Recipe);
        _weights = [.. Enumerable.Range(0, labels.Count).Select(row => (double)labels[row].Weight)];
    }

    /// <summary>On the validation rows.</summary>
    public static MeanEvaluation OnValidation(ITrainingData data, TrainingSettings settings)
    {
        var labels = new RowLabels(data.Target.TargetSize);
        using var batches = data.Validation.InOrder(BatchSize);
        while (batches.MoveNext())
        {
            foreach (var row in batches.Rows)
                labels.Add(batches.Table.Label(row));
        }

        return new MeanEvaluation(data, settings, labels);
    }

    /// <summary>The rows' labels and weights.</summary>
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
