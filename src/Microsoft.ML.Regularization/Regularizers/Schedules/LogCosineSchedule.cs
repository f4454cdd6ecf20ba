using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Waves from 0 to the learning rate and back, each about twice as long as the one before: <c>(1 - cos(2 pi log2(1 + (2^Cycles - 1) t / T))) / 2</c> in step
/// t of T (coslog4 of Holzmüller, Grinsztajn and Steinwart, "Better by default: strong pre-tuned MLPs and boosted trees on tabular data", 2024). A run that
/// keeps its best epoch may find it at the end of any wave.
/// </summary>
[UnionCase("logCosine")]
public sealed record LogCosineSchedule : LearningRateSchedule
{
    /// <summary>Number of waves in the run, from 1 to 16. Default: 4.</summary>
    public int Cycles { get; init; } = 4;

    internal override void Validate(IExceptionContext context) =>
        context.CheckBetween(Cycles, $"{nameof(LogCosineSchedule)}.{nameof(Cycles)}", 1, 16);

    internal override bool FollowsShareOfRun => true;

    internal override double FactorAt(TrainingMoment moment)
    {
        var progress = (double)moment.Step / moment.TotalSteps;
        return (1 - Math.Cos(2 * Math.PI * Math.Log2(1 + (Math.Pow(2, Cycles) - 1) * progress))) / 2;
    }
}
