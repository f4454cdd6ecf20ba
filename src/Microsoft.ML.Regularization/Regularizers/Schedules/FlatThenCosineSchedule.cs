using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>A constant learning rate for <c>f = FlatFraction * T</c> steps, then cosine decay over the rest.</summary>
[UnionCase("flatThenCosine")]
public sealed record FlatThenCosineSchedule : LearningRateSchedule
{
    /// <summary>The share of the run before the rate falls, from 0 (a cosine throughout) to below 1 (a constant rate). Default: 0.7.</summary>
    public double FlatFraction { get; init; } = 0.7;

    /// <summary>Factor of the learning rate at the end of the run, from 0 to 1 (a constant rate). Default: 0.</summary>
    public double FinalFactor { get; init; }

    internal override void Validate(IExceptionContext context)
    {
        context.CheckFromZeroToBelowOne(FlatFraction, $"{nameof(FlatThenCosineSchedule)}.{nameof(FlatFraction)}");
        context.CheckBetween(FinalFactor, $"{nameof(FlatThenCosineSchedule)}.{nameof(FinalFactor)}", 0, 1);
    }

    internal override bool FollowsShareOfRun => true;

    internal override double FactorAt(TrainingMoment moment)
    {
        var flat = FlatFraction * moment.TotalSteps;
        return moment.Step < flat ? 1 : Cosine((moment.Step - flat) / (moment.TotalSteps - flat), FinalFactor);
    }
}
