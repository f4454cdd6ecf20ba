using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// One cycle: the factor rises along a cosine from <c>1 / StartDivisor</c> to 1, then falls along a cosine to <c>1 / (StartDivisor * FinalDivisor)</c>, so
/// that the learning rate is the maximum (Smith and Topin, "Super-convergence", 2019; with cosines as in PyTorch). The optimizer's momentum is not changed.
/// </summary>
[UnionCase("oneCycle")]
public sealed record OneCycleSchedule : LearningRateSchedule
{
    /// <summary>The share of the run in which the rate rises, above 0 and below 1. Default: 0.3.</summary>
    public double WarmUpFraction { get; init; } = 0.3;

    /// <summary>The learning rate divided by the rate of the first step, at least 1 (no rise). Default: 25.</summary>
    public double StartDivisor { get; init; } = 25;

    /// <summary>The rate of the first step divided by the rate of the last step, at least 1. Default: 10,000.</summary>
    public double FinalDivisor { get; init; } = 10_000;

    internal override void Validate(IExceptionContext context)
    {
        context.CheckInsideZeroOne(WarmUpFraction, $"{nameof(OneCycleSchedule)}.{nameof(WarmUpFraction)}");
        context.CheckAtLeast(StartDivisor, $"{nameof(OneCycleSchedule)}.{nameof(StartDivisor)}", 1);
        context.CheckAtLeast(FinalDivisor, $"{nameof(OneCycleSchedule)}.{nameof(FinalDivisor)}", 1);
    }

    internal override double FactorAt(TrainingMoment moment)
    {
        // The steps count from 0, so the last one is T - 1 and the maximum is reached at step WarmUpFraction * T - 1.
        var last = moment.TotalSteps - 1.0;
        var peak = Math.Max(0, WarmUpFraction * moment.TotalSteps - 1);
        if (moment.Step < peak)
            return Cosine(1 - moment.Step / peak, 1 / StartDivisor);
        return last <= peak ? 1 : Cosine((moment.Step - peak) / (last - peak), 1 / (StartDivisor * FinalDivisor));
    }
}
