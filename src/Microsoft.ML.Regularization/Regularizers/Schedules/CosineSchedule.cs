using Microsoft.ML.Regularization.Foundation;

namespace Microsoft.ML.Regularization;

/// <summary>
/// Cosine decay: <c>FinalFactor + (1 - FinalFactor) (1 + cos(pi (t - w) / (T - w))) / 2</c> in step t of T after a warm-up of w steps (Loshchilov and Hutter,
/// "SGDR: Stochastic gradient descent with warm restarts", 2017, eq. 5, without restarts).
/// </summary>
[UnionCase("cosine")]
public sealed record CosineSchedule : DecaySchedule
{
    private protected override double Decay(double progress) => Cosine(progress, FinalFactor);
}
