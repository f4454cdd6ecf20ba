using Microsoft.ML.Regularization.Foundation;
using Microsoft.ML.Regularization.Regularizers;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Regularization;

/// <summary>A constant learning rate: the same in every step.</summary>
[UnionCase("constant")]
public sealed record ConstantSchedule : LearningRateSchedule
{
    internal override void Validate(IExceptionContext context)
    {
    }

    internal override bool FollowsShareOfRun => true;

    internal override double FactorAt(TrainingMoment moment) => 1;
}
