namespace Microsoft.ML.Regularization.Regularizers;

/// <summary>
/// A penalty on the weights that is solved by a step of its own behind each of the optimizer's steps, in that optimizer's metric, rather than by a gradient. The
/// optimizer calls it for a range of weights while they are in the processor's cache.
/// </summary>
internal interface IProximalPenalty
{
    /// <param name="weights">Weights that the optimizer has moved.</param>
    /// <param name="variance">The running mean of their gradients' squares; empty for a rule that does not divide by its root.</param>
    /// <param name="metric">How far the optimizer's step moves each weight.</param>
    void Apply(Span<float> weights, ReadOnlySpan<float> variance, StepMetric metric);

    /// <summary>The same as a few torch calls, for weights on another device.</summary>
    /// <param name="weights">Weights that the optimizer has moved.</param>
    /// <param name="variance">The running mean of their gradients' squares; null for a rule that does not divide by its root.</param>
    /// <param name="metric">How far the optimizer's step moves each weight.</param>
    void Apply(Tensor weights, Tensor? variance, StepMetric metric);
}
