using System.Globalization;
using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Fits the head before the first step: what the published body makes of the training rows, the features, is computed once, and the head is the linear model of least
/// penalized loss on them (a "linear probe"). Where all of the body is frozen that is the whole training, of seconds behind one pass over the rows; else fine-tuning goes on
/// from there, and does not tear at the body for the sake of a head that knows nothing yet (Kumar, Raghunathan, Jones, Ma and Liang, "Fine-tuning can distort pretrained
/// features and underperform out-of-distribution", 2022). See <see cref="FineTuning.Probe"/>.
/// </summary>
/// <remarks>
/// The head minimizes <c>mean loss + Penalty / 2 * |W|^2</c>, over features less their mean and divided by one number, the root of their mean squared length; its biases go free.
/// L-BFGS finds it. The penalty is the one of the least loss on rows that were left out, each row once for each of several deals into folds, after the best temperature for all of
/// these rows, since a strong penalty alone makes a head less sure than it can be; that temperature is then part of the head. A path of penalties is tried, from 10 down by factors of
/// the root of 10, until the loss keeps rising or 1e-6 is reached.
/// </remarks>
public sealed record LinearProbe
{
    private const string Option = "Probe";

    /// <summary>The folds that the rows are dealt to for the choice of the penalty, each with its share of every class, from 2 to 20. Default: 5.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>The penalty, from 1e-9 (hardly any) to 1000 (weights of about 0, so that all rows get the frequencies of the classes). Default: null, chosen by the rows.</summary>
    public double? Penalty { get; init; }

    /// <summary>
    /// The least penalty of the head that fine-tuning starts from, at the best temperature for it, from 1e-9 to 1000: a head that fits its rows already leaves the body little to learn. The head
    /// of the best penalty is a model by itself, with which early stopping compares the epochs. Default: 0.1, at which the head knows not much more than the mean of each class.
    /// </summary>
    public double TuningPenalty { get; init; } = 0.1;

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"a head fitted to features, {(Penalty is { } penalty ? $"penalty {penalty}, " : "")}{Folds} folds{(TuningPenalty == 0.1 ? "" : $", tuning from penalty {TuningPenalty}")}");

    internal void Validate(IExceptionContext context)
    {
        context.CheckBetween(Folds, $"{Option}.{nameof(Folds)}", 2, 20);
        context.CheckBetween(TuningPenalty, $"{Option}.{nameof(TuningPenalty)}", 1e-9, 1000);
        if (Penalty is { } penalty)
            context.CheckBetween(penalty, $"{Option}.{nameof(Penalty)}", 1e-9, 1000);
    }
}
