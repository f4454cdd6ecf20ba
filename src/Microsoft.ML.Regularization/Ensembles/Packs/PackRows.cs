using Microsoft.ML.Regularization.Tasks;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Ensembles;

/// <summary>The validation rows of a pack, those of all folds one after another, and what networks predict for them.</summary>
internal sealed class PackRows
{
    private const double LeastProbability = 1e-30;

    private readonly IReadOnlyList<ITrainingData> _sets;
    private readonly TargetEncoding _encoding;
    private readonly MeanEvaluation _evaluation;

    /// <param name="host">Makes errors.</param>
    /// <param name="all">All rows.</param>
    /// <param name="sets">The sets that networks train and validate on: one, or one for each fold.</param>
    /// <param name="settings">Tell the loss.</param>
    /// <param name="metric">What ensembles are selected by.</param>
    public PackRows(IHost host, TrainingSet all, IReadOnlyList<ITrainingData> sets, TrainingSettings settings, ValidationMetric metric)
    {
        _sets = sets;
        Labels = new RowLabels(all.Target.TargetSize);
        foreach (var labels in sets.Select(set => MeanEvaluation.OnValidation(set, settings).Labels))
        {
            for (var row = 0; row < labels.Count; row++)
                Labels.Add(labels[row]);
        }

        _encoding = all.Target.CreateEncoding(host, all.LabelColumnName, all.TrainingSummary, settings.ClassWeights, previous: null);
        _evaluation = new MeanEvaluation(all, settings, Labels);
        var weights = all.Target.ClassCount is { } classes ? ClassWeightsOf(classes) : null;
        MetricName = metric;
        Metric = EnsembleMetrics.Create(metric, Labels, all.Target.ClassCount is not null, weights);
    }

    public RowLabels Labels { get; }

    /// <summary>What ensembles are selected by.</summary>
    public EnsembleMetric Metric { get; }

    /// <summary>The name of <see cref="Metric"/>.</summary>
    public ValidationMetric MetricName { get; }

    /// <summary>The probabilities, or numbers, that a network of each fold predicts by its outputs.</summary>
    public float[] Predict(IEnumerable<(ReadOnlyMemory<float> Outputs, TargetScale? Scale)> networks)
    {
        var width = First.Target.Outputs;
        var predictions = new float[Labels.Count * width];
        var start = 0;
        foreach (var (outputs, scale) in networks)
        {
            var link = First.Task.CreateLink(scale);
            outputs.Span.CopyTo(predictions.AsSpan(start));
            for (var end = start + outputs.Length; start < end; start += width)
                link.Apply(predictions.AsSpan(start, width));
        }

        return predictions;
    }

    /// <summary>All metrics of mean predictions.</summary>
    public IReadOnlyDictionary<ValidationMetric, double> Measure(float[] predictions) => _evaluation.Measure(OutputsOf(predictions), _encoding).Metrics;

    /// <summary>What the rows tell about the probabilities of the mean.</summary>
    /// <param name="predictions">Those of the mean.</param>
    /// <param name="calibration">What is to be learned; null for nothing.</param>
    public LearnedCalibration? Calibrate(float[] predictions, Calibration? calibration)
    {
        var (outputs, width) = (OutputsOf(predictions), First.Target.Outputs);
        var learner = CalibrationLearner.Of(calibration, width);
        for (var row = 0; row < Labels.Count; row++)
            learner?.Add(outputs.AsSpan(row * width, width), Labels[row], _encoding);
        return learner?.Learn();
    }

    /// <summary>Mean predictions in the order of the set's rows; null where there are no folds.</summary>
    public OutOfFoldPredictions? OutOfFold(float[] predictions)
    {
        if (!_sets.All(set => set is FoldRows))
            return null;

        // Numbers are in the target's units already.
        var (outputs, width) = (_encoding.Scale is null ? OutputsOf(predictions) : predictions, First.Target.Outputs);
        var order = _sets.Cast<FoldRows>().SelectMany(fold => fold.HeldOut).Index().OrderBy(row => row.Item).ToList();
        var labels = new RowLabels(Labels.TargetSize);
        foreach (var (place, _) in order)
            labels.Add(Labels[place]);
        return new OutOfFoldPredictions([.. order.Select(row => row.Item)], [.. order.SelectMany(row => outputs.AsSpan(row.Index * width, width).ToArray())], labels);
    }

    private ITrainingData First => _sets[0];

    // Those of a network that predicts this.
    private float[] OutputsOf(float[] predictions) => Array.ConvertAll(predictions, value =>
        _encoding.Scale is { } scale ? (float)((value - scale.Mean) / scale.Deviation)
        : First.Target.Outputs == 1 ? (float)(Logarithm(value) - Logarithm(1 - (double)value))
        : (float)Logarithm(value));

    private static double Logarithm(double probability) => Math.Log(Math.Max(probability, LeastProbability));

    private float[] ClassWeightsOf(int classes)
    {
        var weights = new float[classes];
        for (var k = 0; k < classes; k++)
        {
            var target = new float[classes];
            target[k] = 1;
            _encoding.Apply(target, labelSmoothing: 0);
            weights[k] = target[k];
        }

        return weights;
    }
}
