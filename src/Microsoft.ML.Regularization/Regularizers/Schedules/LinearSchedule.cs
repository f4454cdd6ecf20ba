using Microsoft.ML.Regularization.Foundation;

namespace Microsoft.ML.Regularization;

/// <summary>Linear decay: <c>1 - (1 - FinalFactor) (t - w) / (T - w)</c> in step t of T after a warm-up of w steps.</summary>
[UnionCase("linear")]
public sealed record LinearSchedule : DecaySchedule
{
    private protected override double Decay(double progress) => 1 - (1 - FinalFactor) * progress;
}
