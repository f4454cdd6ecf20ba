using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Regularization.Tensors;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>The weights of the best epoch of a run so far, and whether early stopping has waited long enough for a better one.</summary>
internal sealed class BestWeights : ICheckpointed
{
    private readonly EarlyStoppingMonitor? _earlyStopping;
    private double _loss = double.PositiveInfinity;

    /// <param name="channel">Is warned where the metric that early stopping watches is not defined.</param>
    /// <param name="recipe">May ask for early stopping; without it the least validation loss is best.</param>
    /// <param name="data">The rows that are validated on.</param>
    public BestWeights(IChannel channel, RegularizationRecipe recipe, TrainingSet data) =>
        _earlyStopping = recipe.EarlyStopping is not { } options ? null : new EarlyStoppingMonitor(Watchable(channel, options, data));

    /// <summary>Null before any epoch is complete.</summary>
    public NetworkWeights? Weights { get; private set; }

    /// <summary>From 1; 0 before any is complete.</summary>
    public int Epoch { get; private set; }

    /// <summary>Whether early stopping decides, so that the model gets these weights however the run ends.</summary>
    public bool HasEarlyStopping => _earlyStopping is not null;

    public bool IsPatienceExhausted => _earlyStopping is { IsPatienceExhausted: true };

    /// <summary>Copies the weights of the epoch where it is the best so far.</summary>
    /// <param name="report">The epoch's metrics.</param>
    /// <param name="losses">The losses of the validation rows.</param>
    /// <param name="network">Has the weights that were measured.</param>
    public void Observe(EpochReport report, RowLosses losses, Network network)
    {
        if (IsBest(report, losses))
            (Epoch, Weights) = (report.Epoch, NetworkWeights.CopyOf(network, outdated: Weights));
    }

    public void Checkpoint(CheckpointState state)
    {
        _loss = state.Value("loss", _loss);
        Epoch = state.Value("epoch", Epoch);
        Weights = state.Weights("weights", Weights);
        state.Part("earlyStopping", _earlyStopping);
    }

    private bool IsBest(EpochReport report, RowLosses losses)
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

    // Validation rows of one class have no ROC curve, and targets that are all alike no variance to explain.
    private static EarlyStopping Watchable(IChannel channel, EarlyStopping options, TrainingSet data)
    {
        if (data.Target.WhyUndefined(options.Metric, data.ValidationSummary) is not { } why)
            return options;

        channel.Warning($"EarlyStopping.Metric is {options.Metric}, which is not defined here: {why}. Early stopping watches the loss instead.");
        return options with { Metric = ValidationMetric.Loss };
    }
}
