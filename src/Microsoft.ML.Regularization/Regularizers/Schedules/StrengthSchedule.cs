using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>How the strength of a regularizer changes over a run: by a schedule that the share of the run determines, or not at all.</summary>
internal static class StrengthSchedule
{
    /// <summary>The factor of the strength in a step; 1 without a schedule.</summary>
    public static double FactorAt(LearningRateSchedule? schedule, TrainingMoment moment) => schedule?.FactorAt(moment) ?? 1;

    /// <exception cref="ArgumentOutOfRangeException">The schedule is out of its range, or counts epochs or plateaus.</exception>
    public static void Validate(IExceptionContext context, LearningRateSchedule? schedule, string option)
    {
        if (schedule is null)
            return;
        schedule.Validate(context);
        if (!schedule.FollowsShareOfRun)
        {
            throw context.ExceptUserArg(
                option,
                $"{option} is {schedule.GetType().Name}, which is made for learning rates: a strength follows the share of the run that is done, so take "
                + "LearningRateSchedule.Constant, Cosine, Linear, FlatThenCosine or LogCosine.");
        }
    }
}
