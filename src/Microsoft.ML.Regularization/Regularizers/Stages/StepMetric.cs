namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// How far a steady gradient of 1 moves a weight in one step of an optimizer: <c>Rate / (1 - Momentum)</c>, and for rules that divide by the root of the
/// variance v over <c>sqrt(v) * RootScale + Epsilon</c>.
/// </summary>
/// <param name="Rate">The learning rate of the step.</param>
/// <param name="Momentum">How much of each step goes into the next, where steps add up; 0 where momentum is a mean.</param>
/// <param name="RootScale">The factor of the root.</param>
/// <param name="Epsilon">The constant added to the scaled root.</param>
internal readonly record struct StepMetric(double Rate, double Momentum = 0, double RootScale = 1, double Epsilon = 0)
{
    /// <summary>How far a steady gradient of the given size moves a weight, before the division.</summary>
    public double Of(double gradient) => Rate * gradient / (1 - Momentum);
}
