using Microsoft.ML.Regularization.Tensors;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// The state of <see cref="EarlyStopping"/> in one run: which epoch was best, and whether patience is exhausted. Options keep no state, so
/// one estimator can be fitted many times.
/// </summary>
/// <param name="options">What to watch, and how long.</param>
/// <param name="stepsPerEpoch">Steps of an epoch, at least 1.</param>
internal sealed class EarlyStoppingMonitor(EarlyStopping options, long stepsPerEpoch) : ICheckpointed
{
    private readonly int _patience = options.PatienceFor(stepsPerEpoch);

    // In standard errors above the best loss only where no margin asks for the contrary.
    private readonly double _standardErrors =
        options is { Metric: ValidationMetric.Loss, MinImprovement: 0, MinRelativeImprovement: 0 } ? options.StandardErrors : 0;

    private double _best = double.NaN;
    private double _bestLoss = double.PositiveInfinity;
    private RowLosses _bestRows;

    public ValidationMetric Metric => options.Metric;

    public int BestEpoch { get; private set; }

    public bool IsPatienceExhausted { get; private set; }

    /// <summary>Takes in an epoch's watched metric and losses; true when it is the best so far.</summary>
    public bool Observe(int epoch, double metric, RowLosses losses)
    {
        // Every metric is turned into a number to minimize.
        var value = IsBetterSmall(options.Metric) ? metric : -metric;
        var margin = Math.Max(options.MinImprovement, options.MinRelativeImprovement * Math.Abs(_best));

        // On few rows a metric such as accuracy has few distinct values; the loss decides among equal ones, or the number of the epoch.
        var breaksTie = margin == 0 && value.Equals(_best) && (options.PrefersLaterEpochs || losses.Mean < _bestLoss);
        var improves = double.IsNaN(_best) || value < _best - margin || breaksTie;
        var counts = improves || (_standardErrors > 0 && losses.IsWithin(_standardErrors, _bestRows));
        if (improves)
            (_best, _bestLoss, _bestRows) = (value, losses.Mean, losses);
        if (counts)
            BestEpoch = epoch;

        IsPatienceExhausted = epoch - Math.Max(BestEpoch, options.WarmUpEpochs) >= _patience;
        return counts;
    }

    public void Checkpoint(CheckpointState state)
    {
        _best = state.Value("best", _best);
        _bestLoss = state.Value("bestLoss", _bestLoss);
        var (losses, weights) = (state.Numbers("bestRows.losses", _bestRows.Losses), state.Numbers("bestRows.weights", _bestRows.Weights));
        BestEpoch = state.Value("bestEpoch", BestEpoch);
        if (losses?.Length != weights?.Length || (losses is null && BestEpoch > 0))
            throw new InvalidDataException("the losses of the best epoch's rows are damaged");
        _bestRows = new RowLosses(losses!, weights!);
        IsPatienceExhausted = state.Value("isPatienceExhausted", IsPatienceExhausted);
    }

    internal static bool IsBetterSmall(ValidationMetric metric) =>
        metric is ValidationMetric.Loss or ValidationMetric.CalibratedLoss or ValidationMetric.MeanAbsoluteError or ValidationMetric.RootMeanSquaredError;
}
