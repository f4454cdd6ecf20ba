using System.Globalization;

namespace Microsoft.ML.Regularization;

/// <summary>How the loss of a network changes while the learning rate rises with every step: the result of a learning-rate range test.</summary>
public sealed record LearningRateCurve
{
    internal LearningRateCurve(ValueList<LearningRatePoint> points, double? suggestion)
    {
        Points = points;
        Suggestion = suggestion;
    }

    /// <summary>The steps in order, each with a greater learning rate than the one before; fewer than asked for where the test ended early.</summary>
    public ValueList<LearningRatePoint> Points { get; }

    /// <summary>
    /// The learning rate at which the smoothed loss falls fastest: the step that takes it furthest below all its earlier values. A running mean lags by about
    /// <c>1 / (1 - Smoothing)</c> steps, so the rate is taken from that many steps earlier. Null if the loss did not fall after that many steps; then widen
    /// the range, or take more steps.
    /// </summary>
    public double? Suggestion { get; }

    /// <inheritdoc/>
    public override string ToString()
    {
        var suggestion = Suggestion is { } rate ? string.Create(CultureInfo.InvariantCulture, $"suggests {rate:0.###E+0}") : "suggests nothing";
        return Points.Count == 0
            ? "no steps"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Points.Count} steps from learning rate {Points[0].LearningRate:0.###E+0} to {Points[^1].LearningRate:0.###E+0}, {suggestion}");
    }
}
