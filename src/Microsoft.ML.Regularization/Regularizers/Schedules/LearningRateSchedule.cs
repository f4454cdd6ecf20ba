using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// How the learning rate changes over a training run of <c>T = MaxEpochs * steps per epoch</c> steps, or the strength of a regularizer (see
/// <see cref="RegularizationRecipe.WeightDecaySchedule"/>). Steps count from t = 0; a run that early stopping ends does not reach the end of its schedule.
/// Schedules hold no state and compare by value.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("kind")]
public abstract record LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>Whether it is a function of the share of the run that is done alone, so that the strength of a regularizer can follow it too.</summary>
    internal virtual bool FollowsShareOfRun => false;

    /// <summary>The factor of the learning rate in a step.</summary>
    internal abstract double FactorAt(TrainingMoment moment);

    /// <summary>Half a cosine from 1, at <paramref name="progress"/> 0, to <paramref name="final"/>, at 1.</summary>
    private protected static double Cosine(double progress, double final) =>
        final + (1 - final) * (1 + Math.Cos(Math.PI * progress)) / 2;
}
