using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Multiplies the learning rate by <see cref="Factor"/> each time the loss has not fallen for <see cref="Patience"/> epochs:
/// <c>max(MinFactor, Factor ^ reductions)</c>. It watches the validation loss or, where there are no validation rows, the training loss.
/// </summary>
/// <remarks>
/// PyTorch's schedule of this name reduces the rate one epoch later: patience 10 there is 11 here. Patience means the same here as in
/// <see cref="EarlyStopping"/>, whose patience should be longer.
/// </remarks>
[UnionCase("reduceOnPlateau")]
public sealed record ReduceOnPlateauSchedule : LearningRateSchedule
{
    /// <summary>The factor of each reduction, above 0 (the rate drops to almost 0) and below 1 (no change). Default: 0.1.</summary>
    public double Factor { get; init; } = 0.1;

    /// <summary>Epochs without improvement after which the rate is reduced. At least 1 (the first epoch that is no better reduces it). Default: 10.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>Epochs after a reduction that do not count towards patience. At least 0. Default: 0.</summary>
    public int Cooldown { get; init; }

    /// <summary>Lower bound of the rate, as a factor of the learning rate, from 0 (no bound) to 1 (a constant rate). Default: 0.</summary>
    public double MinFactor { get; init; }

    /// <summary>
    /// The smallest improvement over the best epoch that counts, as a share of its loss. At least 0 (any improvement counts) and below 1 (none does).
    /// Default: 0.0001.
    /// </summary>
    public double Threshold { get; init; } = 1e-4;

    internal override void Validate(IExceptionContext context)
    {
        context.CheckInsideZeroOne(Factor, $"{nameof(ReduceOnPlateauSchedule)}.{nameof(Factor)}");
        context.CheckAtLeast(Patience, $"{nameof(ReduceOnPlateauSchedule)}.{nameof(Patience)}", 1);
        context.CheckAtLeast(Cooldown, $"{nameof(ReduceOnPlateauSchedule)}.{nameof(Cooldown)}", 0);
        context.CheckBetween(MinFactor, $"{nameof(ReduceOnPlateauSchedule)}.{nameof(MinFactor)}", 0, 1);
        context.CheckFromZeroToBelowOne(Threshold, $"{nameof(ReduceOnPlateauSchedule)}.{nameof(Threshold)}");
    }

    internal override double FactorAt(TrainingMoment moment) => Math.Max(MinFactor, Math.Pow(Factor, moment.Plateaus));
}
