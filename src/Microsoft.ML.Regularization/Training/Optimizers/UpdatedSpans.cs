namespace Microsoft.ML.Regularization.Training;

/// <summary>A range of weights with their gradients and the optimizer's state for them.</summary>
/// <param name="weights">The weights.</param>
/// <param name="gradients">As many.</param>
/// <param name="momentum">The running mean or sum of gradients; empty where the rule has none.</param>
/// <param name="variance">The running mean of their squares; empty where the rule has none.</param>
internal readonly ref struct UpdatedSpans(Span<float> weights, ReadOnlySpan<float> gradients, Span<float> momentum, Span<float> variance)
{
    public Span<float> Weights { get; } = weights;

    public ReadOnlySpan<float> Gradients { get; } = gradients;

    public Span<float> Momentum { get; } = momentum;

    public Span<float> Variance { get; } = variance;
}
