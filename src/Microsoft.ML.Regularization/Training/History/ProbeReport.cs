using System.Globalization;

namespace Microsoft.ML.Regularization;

/// <summary>The head that was fitted before the first epoch: see <see cref="LinearProbe"/>.</summary>
public sealed record ProbeReport
{
    /// <summary>The penalty that was chosen: see <see cref="LinearProbe.Penalty"/>.</summary>
    public required double Penalty { get; init; }

    /// <summary>
    /// The mean loss of the training rows by heads that have not seen them, at the best temperature: an honest estimate, but for the choice of one penalty among a few.
    /// </summary>
    public required double OutOfFoldLoss { get; init; }

    /// <summary>Rows that the head was fitted to.</summary>
    public required long Rows { get; init; }

    /// <summary>The penalties that were tried, from strong to weak, with the loss of each.</summary>
    public required ValueList<PenaltyLoss> Tried { get; init; }

    /// <summary>What the rows tell about the probabilities of heads that have not seen them; null where that was not asked for.</summary>
    public LearnedCalibration? Calibration { get; init; }

    /// <summary>The metrics of the head on the validation rows; empty without validation rows.</summary>
    public IReadOnlyDictionary<ValidationMetric, double> ValidationMetrics { get; init; } = new Dictionary<ValidationMetric, double>();

    /// <summary>Penalty, loss and rows.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"a head fitted to {Rows} rows with penalty {Penalty:G3}, out-of-fold loss {OutOfFoldLoss:0.0000}");
}
