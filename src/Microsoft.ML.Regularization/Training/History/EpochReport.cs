using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using static System.FormattableString;

namespace Microsoft.ML.Regularization;

/// <summary>The report of one epoch, that is, one pass over the training rows: losses, metrics, norms and time.</summary>
public sealed record EpochReport
{
    /// <summary>The epoch's number, from 1.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of the network among those that are trained together on the same rows, from 1: see <see cref="NeuralNetworkOptions.Members"/>. Null where there is one, and for the mean of several.</summary>
    public int? Member { get; init; }

    /// <summary>The fold that the network validates on, from 1: see <see cref="NeuralNetworkOptions.Folds"/>. Null where there are none, and for the mean of several.</summary>
    public int? Fold { get; init; }

    /// <summary>
    /// The number of epochs that the run has if nothing ends it earlier, at least 1: <see cref="NeuralNetworkOptions.MaxEpochs"/>, or, when retraining on all
    /// rows, the number of the best epoch. A progress bar shows <see cref="Epoch"/> out of this number.
    /// </summary>
    public required int TotalEpochs { get; init; }

    /// <summary>Whether the epoch belongs to retraining on all rows: see <see cref="EarlyStopping.RetrainsOnAllRows"/>.</summary>
    public bool IsRetraining { get; init; }

    /// <summary>Whether the epoch is one of a student, rather than of its teacher: see <see cref="NeuralNetworkOptions.DistillInto"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsStudent { get; init; }

    /// <summary>
    /// The mean training loss over the epoch's batches, as it was optimized: with noise, label smoothing and mixed rows, without penalties on the
    /// weights and without the divergence of variational dropout. In nats for classes; for a regression in units of the training targets' standard deviation.
    /// </summary>
    public required double TrainingLoss { get; init; }

    /// <summary>
    /// The metrics on the validation rows, measured without any regularization; empty without validation rows. A metric that is not defined on them is left
    /// out.
    /// </summary>
    public IReadOnlyDictionary<ValidationMetric, double> ValidationMetrics { get; init; } = new Dictionary<ValidationMetric, double>();

    /// <summary>The mean loss of the validation rows; null without validation rows.</summary>
    [JsonIgnore]
    public double? ValidationLoss => Metric(ValidationMetric.Loss);

    /// <summary>The accuracy on the validation rows, from 0 to 1; null without validation rows, and for a regression.</summary>
    [JsonIgnore]
    public double? ValidationAccuracy => Metric(ValidationMetric.Accuracy);

    /// <summary>The learning rate of the epoch's last step.</summary>
    public required double LearningRate { get; init; }

    /// <summary>The mean Euclidean norm of the gradient over the epoch's steps, before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>The Euclidean norm of all weights at the end of the epoch, biases and normalizations not counted.</summary>
    public double WeightNorm { get; init; }

    /// <summary>
    /// The share of the weights that are exactly 0 at the end of the epoch, from 0 to 1, biases and normalizations not counted. Weights that
    /// <see cref="VariationalDropout"/> prunes are 0.
    /// </summary>
    public double Sparsity { get; init; }

    /// <summary>The layers whose outputs are normalized; empty where none are.</summary>
    public ValueList<LayerReport> NormalizedLayers { get; init; } = [];

    /// <summary>Number of optimizer steps in the epoch.</summary>
    public int Steps { get; init; }

    /// <summary>Duration of the epoch in seconds, validation included.</summary>
    public required double Seconds { get; init; }

    /// <summary>
    /// The epoch in one line, such as <c>epoch 12 of 100: training loss 0.2124, validation loss 0.2312, accuracy 93.1%</c>; the same in every culture.
    /// </summary>
    public override string ToString()
    {
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{(IsStudent ? "student, " : "")}{(IsRetraining ? "retraining, " : "")}{Place}epoch {Epoch} of {TotalEpochs}: training loss {TrainingLoss:0.0000}");
        foreach (var (metric, value) in ValidationMetrics)
            line.Append(", ").Append(Describe(metric, value));
        return line.ToString();
    }

    private string Place => (Fold is null ? "" : Invariant($"fold {Fold}, ")) + (Member is null ? "" : Invariant($"member {Member}, "));

    internal double? Metric(ValidationMetric metric) => ValidationMetrics.TryGetValue(metric, out var value) ? value : null;

    private static string Describe(ValidationMetric metric, double value) => metric switch
    {
        ValidationMetric.Loss => Invariant($"validation loss {value:0.0000}"),
        ValidationMetric.Accuracy => Invariant($"accuracy {value:0.0%}"),
        ValidationMetric.MacroAccuracy => Invariant($"macro accuracy {value:0.0%}"),
        ValidationMetric.AreaUnderRocCurve => Invariant($"AUC {value:0.000}"),
        ValidationMetric.CalibratedLoss => Invariant($"calibrated loss {value:0.0000}"),
        ValidationMetric.RSquared => Invariant($"R2 {value:0.000}"),
        ValidationMetric.MeanAbsoluteError => Invariant($"MAE {value:G4}"),
        ValidationMetric.RootMeanSquaredError => Invariant($"RMSE {value:G4}"),
        _ => Invariant($"{metric} {value:G4}"),
    };
}
