using System.Globalization;
using System.Text;

namespace Microsoft.ML.Regularization;

/// <summary>How a model was trained. It is saved with the model.</summary>
public sealed record TrainingHistory
{
    /// <summary>Every completed epoch, in order.</summary>
    public required ValueList<EpochReport> Epochs { get; init; }

    /// <summary>
    /// The epochs of retraining on all rows, in order; the model has the weights of the last one. Empty if the model was not retrained: see
    /// <see cref="EarlyStopping.RetrainsOnAllRows"/>.
    /// </summary>
    public ValueList<EpochReport> RetrainingEpochs { get; init; } = [];

    /// <summary>
    /// With folds the metrics of the predictions of all training rows, each by the networks that validate on its fold and have not seen it: an honest estimate, but
    /// for the choice of the epoch. The loss of a regression is in units of the standard deviation of all targets. Null without folds: see
    /// <see cref="NeuralNetworkOptions.Folds"/>.
    /// </summary>
    public IReadOnlyDictionary<ValidationMetric, double>? OutOfFoldMetrics { get; init; }

    /// <summary>Why training ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>The number of the epoch whose weights the model has, from 1; 0 for the head that was fitted before the first one: see <see cref="Probe"/>.</summary>
    public required int ModelEpoch { get; init; }

    /// <summary>Rows trained on in the last epoch; with folds all rows, each by the networks of the other folds.</summary>
    public required long TrainingRows { get; init; }

    /// <summary>Rows validated on; with folds all rows.</summary>
    public required long ValidationRows { get; init; }

    /// <summary>Training rows left out because their features were not finite or their label was missing.</summary>
    public required long SkippedRows { get; init; }

    /// <summary>
    /// What the validation rows told about a classifier's probabilities, by which the model corrects them. Null where nothing was learned: there were no
    /// validation rows, or calibration was not asked for.
    /// </summary>
    public LearnedCalibration? Calibration { get; init; }

    /// <summary>The head that was fitted before the first epoch; null for none. See <see cref="FineTuning.Probe"/>.</summary>
    public ProbeReport? Probe { get; init; }

    /// <summary>The settings that a pack tried, and which of them won; null where there was no pack.</summary>
    public PackReport? Pack { get; init; }

    /// <summary>
    /// How the networks were trained that this one learned from, all else being about itself; null for one that learned from labels alone. See
    /// <see cref="NeuralNetworkOptions.DistillInto"/>.
    /// </summary>
    public TrainingHistory? Teacher { get; init; }

    /// <summary>
    /// Summary of training in one or two lines: why it ended, the epoch whose weights the model has, its metrics, and the numbers of rows; the same in every
    /// culture.
    /// </summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{StopReason} after {Epochs.Count} epochs on {TrainingRows} rows, validated on {ValidationRows}");
        if (SkippedRows > 0)
            text.Append(CultureInfo.InvariantCulture, $", {SkippedRows} left out");
        if (RetrainingEpochs.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"; trained anew on all rows for {RetrainingEpochs.Count} epochs");
        if (Epochs.FirstOrDefault(epoch => epoch.Epoch == ModelEpoch) is { } best)
            text.AppendLine(".").Append(CultureInfo.InvariantCulture, $"The model is of {best}");
        else if (ModelEpoch == 0 && Probe is not null)
            text.AppendLine(".").Append(CultureInfo.InvariantCulture, $"The model is {Probe}");
        if (Teacher is not null)
            text.AppendLine(".").Append("Its teacher: ").Append(Teacher).Length--;
        return text.Append('.').ToString();
    }
}
