namespace Microsoft.ML.Regularization.Networks;

/// <summary>A layer with bins of numbers, whose edges are learned from the training rows before the first step.</summary>
internal interface IBinnedLayer
{
    /// <summary>Takes the edges.</summary>
    /// <param name="edges">(numbers, bins + 1).</param>
    void TakeEdges(ReadOnlySpan<float> edges);
}
