using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Training;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>
/// How the learning rate changes over a training run of <c>T = MaxEpochs * steps per epoch</c> steps. Steps count from t = 0; a run that early stopping ends
/// does not reach the end of its schedule. Schedules hold no state and compare by value.
/// Records outside of the library cannot derive from it.
/// </summary>
[Union("kind")]
public abstract record LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    internal abstract void Validate(IExceptionContext context);

    /// <summary>The factor of the learning rate in a step.</summary>
    internal abstract double FactorAt(TrainingMoment moment);

    /// <summary>Half a cosine from 1, at <paramref name="progress"/> 0, to <paramref name="final"/>, at 1.</summary>
    private protected static double Cosine(double progress, double final) =>
        final + (1 - final) * (1 + Math.Cos(Math.PI * progress)) / 2;
}
