using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Ends training once the validation metric has stopped improving, and gives the model the weights of the best epoch (Prechelt, "Early
/// stopping - but when?", 1998). Training without improvement for <see cref="Patience"/> epochs ends the run.
/// </summary>
public sealed record EarlyStopping
{
    private const int UsualPatience = 20;
    private const int PatientSteps = 200;

    /// <summary>
    /// The metric to watch; its best direction is known, and it must be one of the task's. Default: <see cref="ValidationMetric.Loss"/>.
    /// </summary>
    public ValidationMetric Metric { get; init; } = ValidationMetric.Loss;

    /// <summary>
    /// Epochs without improvement after which training ends. At least 1 (the first epoch that is no better ends it); <see cref="int.MaxValue"/> never ends it,
    /// and the model has the weights of the best epoch of all. Default: none, which means the longer of 20 epochs and 200 steps: with few rows an epoch
    /// has few steps, and 20 such epochs say little.
    /// </summary>
    public int? Patience { get; init; }

    /// <summary>
    /// The smallest improvement over the best epoch that counts, in the metric's own units. At least 0 (any improvement counts). Default: 0.
    /// </summary>
    public double MinImprovement { get; init; }

    /// <summary>
    /// The smallest improvement over the best epoch that counts, as a share of the best metric. At least 0 (any improvement counts) and below 1 (none does).
    /// Where <see cref="MinImprovement"/> is set too, both must be met. Default: 0.
    /// </summary>
    public double MinRelativeImprovement { get; init; }

    /// <summary>
    /// An epoch also counts as an improvement while its loss exceeds the best one by less than this many standard errors of the mean difference over the
    /// validation rows: few rows cannot distinguish such epochs, and longer training mostly means fewer errors. The model then has the weights of the last
    /// epoch that counted. At least 0 (the least loss alone counts). Only where <see cref="Metric"/> is the loss, and no minimum improvement is set.
    /// Default: 0.5.
    /// </summary>
    public double StandardErrors { get; init; } = 0.5;

    /// <summary>
    /// Which of several epochs with exactly the same best metric is taken, as happens with accuracy on few rows: the latest (true), which also counts as an
    /// improvement for <see cref="Patience"/>; or the one of the least loss (false). Not where a minimum improvement is set. Default: false.
    /// </summary>
    public bool PrefersLaterEpochs { get; init; }

    /// <summary>
    /// Number of first epochs that do not count towards patience, for runs that start slowly; the best epoch may be among them. At least 0. Default: 0.
    /// </summary>
    public int WarmUpEpochs { get; init; }

    /// <summary>
    /// Whether the model is then retrained from the start on all rows, validation rows included, for as many epochs as the number of the best epoch
    /// (Goodfellow, Bengio and Courville, "Deep learning", 2016, algorithm 7.2). With few rows, training benefits from the validation rows; the cost is the
    /// time of the epochs up to the best one. Rows of a validation set of their own are never trained on, and held-out rows are not augmented here either.
    /// Default: none, which means yes below 2,000 rows and no above.
    /// </summary>
    public bool? RetrainsOnAllRows { get; init; }

    /// <summary><see cref="Patience"/>, and where it is null what that means.</summary>
    /// <param name="stepsPerEpoch">Steps of an epoch, at least 1.</param>
    internal int PatienceFor(long stepsPerEpoch) =>
        Patience ?? (int)Math.Max(UsualPatience, (PatientSteps + stepsPerEpoch - 1) / stepsPerEpoch);

    internal void Validate(IExceptionContext context)
    {
        context.CheckDefined(Metric, $"{nameof(EarlyStopping)}.{nameof(Metric)}");
        if (Patience is { } patience)
            context.CheckAtLeast(patience, $"{nameof(EarlyStopping)}.{nameof(Patience)}", 1);
        context.CheckAtLeast(MinImprovement, $"{nameof(EarlyStopping)}.{nameof(MinImprovement)}", 0);
        context.CheckFromZeroToBelowOne(MinRelativeImprovement, $"{nameof(EarlyStopping)}.{nameof(MinRelativeImprovement)}");
        context.CheckAtLeast(StandardErrors, $"{nameof(EarlyStopping)}.{nameof(StandardErrors)}", 0);
        context.CheckAtLeast(WarmUpEpochs, $"{nameof(EarlyStopping)}.{nameof(WarmUpEpochs)}", 0);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var patience = Patience switch
        {
            null => $"patience {UsualPatience} or {PatientSteps} steps",
            int.MaxValue => "to the last epoch",
            _ => string.Create(CultureInfo.InvariantCulture, $"patience {Patience}"),
        };
        var margin = MinImprovement == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" by {MinImprovement}");
        var share = MinRelativeImprovement == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" by {MinRelativeImprovement:0.####%}");
        var warmUp = WarmUpEpochs == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" after {WarmUpEpochs}");
        var retraining = RetrainsOnAllRows switch { null => "", true => ", retrained on all rows", false => ", not retrained" };
        return string.Create(CultureInfo.InvariantCulture, $"early stopping ({Metric}, {patience}{warmUp}{margin}{share}{(PrefersLaterEpochs ? ", the latest of equal epochs" : "")}{retraining})");
    }
}
