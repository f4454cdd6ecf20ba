namespace Microsoft.ML.Regularization;

/// <summary>
/// The state of <see cref="EarlyStopping"/> in one run: which epoch was best, and whether patience is exhausted. Options keep no state, so
/// one estimator can be fitted many times.
/// </summary>
internal sealed class EarlyStoppingMonitor(EarlyStopping options)
{
    private double _best = double.NaN;

    public int BestEpoch { get; private set; }

    public bool IsPatienceExhausted { get; private set; }

    /// <summary>Takes in the watched metric of an epoch; true when it is the best so far.</summary>
    public bool Observe(int epoch, double metric)
    {
        // Seen as something to make small, every metric works alike.
        var value = IsBetterSmall(options.Metric) ? metric : -metric;
        var margin = Math.Max(options.MinimumImprovement, options.MinimumRelativeImprovement * Math.Abs(_best));
        var improves = double.IsNaN(_best) || value < _best - margin;
        if (improves)
        {
            _best = value;
            BestEpoch = epoch;
        }

        IsPatienceExhausted = epoch - Math.Max(BestEpoch, options.WarmUpEpochs) >= options.Patience;
        return improves;
    }

    private static bool IsBetterSmall(ValidationMetric metric) =>
        metric is ValidationMetric.Loss or ValidationMetric.MeanAbsoluteError or ValidationMetric.RootMeanSquaredError;
}
