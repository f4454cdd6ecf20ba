using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>Which epoch is the best so far, and whether early stopping has waited long enough for a better one.</summary>
internal sealed class EpochChoice : ICheckpointed
{
    private readonly EarlyStoppingMonitor? _earlyStopping;
    private double _loss = double.PositiveInfinity;

    /// <param name="channel">Is warned where the metric that early stopping watches is not defined.</param>
    /// <param name="settings">The recipe may ask for early stopping; without it the least validation loss is best.</param>
    /// <param name="data">The rows that are trained and validated on.</param>
    public EpochChoice(IChannel channel, TrainingSettings settings, ITrainingData data) =>
        _earlyStopping = settings.Recipe.EarlyStopping is not { } options
            ? null
            : new EarlyStoppingMonitor(Watchable(channel, options, data), settings.StepsPerEpoch(data.Training.Count));

    public bool IsPatienceExhausted => _earlyStopping is { IsPatienceExhausted: true };

    /// <summary>Takes in an epoch; true where it is the best so far.</summary>
    /// <param name="report">The epoch's metrics.</param>
    /// <param name="losses">The losses of the validation rows.</param>
    public bool Observe(EpochReport report, RowLosses losses)
    {
        // Without validation rows no epoch can be called the best, so the latest complete one is taken.
        if (report.ValidationLoss is not { } loss)
            return true;
        if (_earlyStopping is not null)
            return _earlyStopping.Observe(report.Epoch, report.ValidationMetrics[_earlyStopping.Metric], losses);
        var isLeast = loss < _loss;
        _loss = Math.Min(loss, _loss);
        return isLeast;
    }

    public void Checkpoint(CheckpointState state)
    {
        _loss = state.Value("loss", _loss);
        state.Part("earlyStopping", _earlyStopping);
    }

    // Validation rows of one class have no ROC curve, and targets that are all alike no variance to explain.
    private static EarlyStopping Watchable(IChannel channel, EarlyStopping options, ITrainingData data)
    {
        if (data.Target.WhyUndefined(options.Metric, data.ValidationSummary) is not { } why)
            return options;

        channel.Warning($"EarlyStopping.Metric is {options.Metric}, which is not defined here: {why}. Early stopping watches the loss instead.");
        return options with { Metric = ValidationMetric.Loss };
    }
}
