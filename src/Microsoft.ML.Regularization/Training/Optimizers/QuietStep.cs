namespace Microsoft.ML.Regularization.Training;

/// <summary>
/// The effect of an optimizer step on a weight whose gradient is 0: the momentum of earlier steps still moves it, by <c>-Rate * Ratio^k * momentum</c>, over
/// <c>sqrt(variance) + Epsilon / VarianceDecay^(k / 2)</c> for rules that divide by it, where momentum and variance are those of k steps before.
/// </summary>
/// <param name="Rate">0 for a rule without momentum.</param>
/// <param name="Ratio">The share of a move that remains from one step to the next; below 1.</param>
/// <param name="MomentumDecay">The share of momentum that remains from one step to the next.</param>
/// <param name="VarianceDecay">The share of the variance that remains from one step to the next.</param>
/// <param name="Epsilon">Null for a rule that does not divide.</param>
internal readonly record struct QuietStep(double Rate, double Ratio, double MomentumDecay, double VarianceDecay, double? Epsilon = null);
