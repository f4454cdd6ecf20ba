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

    /// <summary>Takes in the metrics of an epoch; true when it is the best so far.</summary>
    public bool Observe(int epoch, double loss, double accuracy)
    {
        // Seen as something to make small, every metric works alike.
        var value = options.Metric == ValidationMetric.Loss ? loss : -accuracy;
        var improves = double.IsNaN(_best) || value < _best - options.MinimumImprovement;
        if (improves)
        {
            _best = value;
            BestEpoch = epoch;
        }

        IsPatienceExhausted = epoch - BestEpoch >= options.Patience;
        return improves;
    }
}
