namespace Microsoft.ML.Regularization;

/// <summary>Computes a trained network's raw outputs (logits) for single rows; safe to call from many threads.</summary>
internal interface INetworkScorer
{
    /// <param name="features">One value for each input.</param>
    /// <param name="outputs">Receives one value for each output.</param>
    void Score(ReadOnlySpan<float> features, Span<float> outputs);
}
