using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>Multiplies the learning rate by <see cref="FactorPerEpoch"/> after every epoch.</summary>
[UnionCase("exponential")]
public sealed record ExponentialSchedule : LearningRateSchedule
{
    /// <summary>The factor of each epoch, above 0 (the rate drops to almost 0) to 1 (no change). Default: 0.95.</summary>
    public double FactorPerEpoch { get; init; } = 0.95;

    internal override void Validate(IExceptionContext context) =>
        context.CheckAboveZeroToOne(FactorPerEpoch, $"{nameof(ExponentialSchedule)}.{nameof(FactorPerEpoch)}");

    internal override double FactorAt(TrainingMoment moment) => Math.Pow(FactorPerEpoch, moment.Epoch - 1);
}
