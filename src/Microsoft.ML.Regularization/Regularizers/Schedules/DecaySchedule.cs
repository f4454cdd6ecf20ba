using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// A warm-up of <c>w = WarmUpFraction * T</c> steps, in which the factor rises linearly from <see cref="WarmUpStartFactor"/> to 1, then a decay from 1 to
/// <see cref="FinalFactor"/> in the shape of the schedule.
/// Records outside of the library cannot derive from it.
/// </summary>
public abstract record DecaySchedule : LearningRateSchedule
{
    private protected DecaySchedule()
    {
    }

    /// <summary>The share of the run in which the rate first rises, from 0 (none) to below 1 (all of it). Default: 0.</summary>
    public double WarmUpFraction { get; init; }

    /// <summary>Factor of the learning rate at the start of the warm-up, from 0 to 1 (no warm-up). Default: 0.01.</summary>
    public double WarmUpStartFactor { get; init; } = 0.01;

    /// <summary>Factor of the learning rate at the end of the run, from 0 to 1 (a constant rate). Default: 0.</summary>
    public double FinalFactor { get; init; }

    internal override void Validate(IExceptionContext context)
    {
        context.CheckFromZeroToBelowOne(WarmUpFraction, $"{GetType().Name}.{nameof(WarmUpFraction)}");
        context.CheckBetween(WarmUpStartFactor, $"{GetType().Name}.{nameof(WarmUpStartFactor)}", 0, 1);
        context.CheckBetween(FinalFactor, $"{GetType().Name}.{nameof(FinalFactor)}", 0, 1);
    }

    internal override bool FollowsShareOfRun => true;

    internal override double FactorAt(TrainingMoment moment)
    {
        var warmUp = WarmUpFraction * moment.TotalSteps;
        return moment.Step < warmUp
            ? WarmUpStartFactor + (1 - WarmUpStartFactor) * moment.Step / warmUp
            : Decay((moment.Step - warmUp) / (moment.TotalSteps - warmUp));
    }

    /// <summary>The factor after the share <paramref name="progress"/>, from 0 to 1, of the steps that follow the warm-up.</summary>
    private protected abstract double Decay(double progress);
}
