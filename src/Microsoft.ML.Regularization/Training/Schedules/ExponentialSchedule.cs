using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Multiplies the learning rate by <see cref="FactorPerEpoch"/> after every epoch.</summary>
[UnionCase("exponential")]
public sealed record ExponentialSchedule : LearningRateSchedule
{
    /// <summary>What an epoch multiplies by, above 0 (nothing is left) to 1 (nothing happens). Default: 0.95.</summary>
    public double FactorPerEpoch { get; init; } = 0.95;

    internal override void Validate(IExceptionContext context) =>
        context.CheckAboveZeroToOne(FactorPerEpoch, $"{nameof(ExponentialSchedule)}.{nameof(FactorPerEpoch)}");

    internal override double FactorAt(TrainingMoment moment) => Math.Pow(FactorPerEpoch, moment.Epoch - 1);
}
