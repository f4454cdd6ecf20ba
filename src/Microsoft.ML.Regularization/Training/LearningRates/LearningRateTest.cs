using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The learning-rate range test (Smith, "Cyclical learning rates for training neural networks", 2017, section 3.3): training steps whose rate rises, here
/// exponentially, while the loss is watched.
/// </summary>
internal sealed class LearningRateTest(LearningRateRange range)
{
    // Training that has made the loss so many times its best has diverged.
    private const double DivergedAt = 4;

    private readonly List<LearningRatePoint> _points = [];
    private double _sum;
    private double _weight;
    private double _best = double.PositiveInfinity;

    /// <summary>Runs the test from the run's initial weights; the run cannot be used for anything else afterwards.</summary>
    public LearningRateCurve Run(TrainingRun run, IChannel channel)
    {
        var interruption = run.Watch.Interruption;
        try
        {
            for (var epoch = 1; NextRate is not null && interruption is null; epoch++)
            {
                using var batches = run.Trainer.Begin(epoch);
                while (interruption is null && batches.MoveNext() && NextRate is { } learningRate)
                {
                    var (loss, gradientNorm) = run.Trainer.Step(batches, learningRate);
                    Observe(double.IsFinite(gradientNorm) ? loss : double.NaN);
                    interruption = run.Watch.Interruption;
                }
            }
        }
        catch (OperationCanceledException) when (run.Watch.Interruption is not null)
        {
            interruption = run.Watch.Interruption;
        }

        if (interruption is { } reason && _points.Count == 0)
            throw run.Watch.Nothing(reason, "before the first step");
        var curve = Curve;
        var end = interruption?.ToString() ?? (HasDiverged ? nameof(StopReason.Diverged) : "all steps are done");
        channel.Info($"Learning-rate range test ended: {end}; {curve}.");
        return curve;
    }

    /// <summary>The rate of the next step; null when the test is over.</summary>
    public double? NextRate => HasDiverged || _points.Count == range.Steps ? null : range.RateAt(_points.Count);

    public bool HasDiverged { get; private set; }

    public LearningRateCurve Curve => new([.. _points], Suggestion());

    /// <summary>Takes in the loss of the step with the next rate.</summary>
    public void Observe(double loss)
    {
        if (!double.IsFinite(loss))
        {
            HasDiverged = true;
            return;
        }

        // The sum of the weights takes the place of Adam's correction for a start at 0.
        _sum = range.Smoothing * _sum + loss;
        _weight = range.Smoothing * _weight + 1;
        var smoothed = _sum / _weight;
        _points.Add(new LearningRatePoint(range.RateAt(_points.Count), loss, smoothed));
        _best = Math.Min(_best, smoothed);

        // Losses can be negative, by an entropy penalty: then the distance to the best one counts.
        HasDiverged = smoothed > _best + (DivergedAt - 1) * Math.Abs(_best);
    }

    /// <summary>Computes <see cref="LearningRateCurve.Suggestion"/>.</summary>
    private double? Suggestion()
    {
        // The loss of a step shows the rates of the steps before it, and the mean of a straight line lags by s / (1 - s) steps: 1 / (1 - s) together.
        var lag = (int)Math.Round(1 / (1 - range.Smoothing));
        var (least, steepest) = (double.PositiveInfinity, 0.0);
        double? suggestion = null;
        for (var step = 0; step < _points.Count; step++)
        {
            var smoothed = _points[step].SmoothedLoss;
            if (step >= lag && least - smoothed > steepest)
            {
                steepest = least - smoothed;
                suggestion = _points[step - lag].LearningRate;
            }

            least = Math.Min(least, smoothed);
        }

        return suggestion;
    }
}
