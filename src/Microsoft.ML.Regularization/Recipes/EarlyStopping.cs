using System.Globalization;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>What early stopping watches, measured on the validation rows after every epoch.</summary>
public enum ValidationMetric
{
    /// <summary>The loss, without label smoothing or other terms that only training adds. Smaller is better.</summary>
    Loss,

    /// <summary>The share of rows whose most probable class is the labelled one. Greater is better.</summary>
    Accuracy,
}

/// <summary>
/// Ends training once the validation metric has stopped improving, and gives the model the weights of the best epoch (Prechelt, "Early
/// stopping - but when?", 1998). Training without improvement for <see cref="Patience"/> epochs ends the run.
/// </summary>
public sealed record EarlyStopping
{
    /// <summary>The metric to watch; its best direction is known. Default: <see cref="ValidationMetric.Loss"/>.</summary>
    public ValidationMetric Metric { get; init; } = ValidationMetric.Loss;

    /// <summary>Epochs without improvement after which training ends. At least 1 (the first epoch that is no better ends it). Default: 20.</summary>
    public int Patience { get; init; } = 20;

    /// <summary>
    /// By how much an epoch must beat the best one to count, in the metric's own units. At least 0 (any improvement counts). Default: 0.
    /// </summary>
    public double MinimumImprovement { get; init; }

    internal void Validate(IExceptionContext context)
    {
        context.CheckDefined(Metric, $"{nameof(EarlyStopping)}.{nameof(Metric)}");
        context.CheckAtLeast(Patience, $"{nameof(EarlyStopping)}.{nameof(Patience)}", 1);
        context.CheckAtLeast(MinimumImprovement, $"{nameof(EarlyStopping)}.{nameof(MinimumImprovement)}", 0);
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        var margin = MinimumImprovement == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" by {MinimumImprovement}");
        return string.Create(CultureInfo.InvariantCulture, $"early stopping ({Metric}, patience {Patience}{margin})");
    }
}
