using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Multiplies the learning rate by <see cref="Factor"/> every <see cref="EveryEpochs"/> epochs: <c>Factor ^ floor((epoch - 1) / EveryEpochs)</c>.
/// </summary>
[UnionCase("step")]
public sealed record StepSchedule : LearningRateSchedule
{
    /// <summary>Epochs between two drops, at least 1. Default: 30.</summary>
    public int EveryEpochs { get; init; } = 30;

    /// <summary>The factor of each drop, above 0 (the rate drops to almost 0) to 1 (no change). Default: 0.1.</summary>
    public double Factor { get; init; } = 0.1;

    internal override void Validate(IExceptionContext context)
    {
        context.CheckAtLeast(EveryEpochs, $"{nameof(StepSchedule)}.{nameof(EveryEpochs)}", 1);
        context.CheckAboveZeroToOne(Factor, $"{nameof(StepSchedule)}.{nameof(Factor)}");
    }

    internal override double FactorAt(TrainingMoment moment) => Math.Pow(Factor, (moment.Epoch - 1) / EveryEpochs);
}
