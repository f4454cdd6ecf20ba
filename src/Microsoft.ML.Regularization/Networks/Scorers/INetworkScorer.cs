namespace Microsoft.ML.Regularization.Networks;

/// <summary>Computes a trained network's raw outputs (logits); safe to call from many threads.</summary>
internal interface INetworkScorer
{
    /// <summary>The linear layers, in any order.</summary>
    IReadOnlyList<ScoringLayer> Layers { get; }

    /// <summary>The number of residual blocks.</summary>
    int Blocks { get; }

    /// <summary>Scores one or more rows.</summary>
    /// <param name="rows">(count, floats of a row): one row after the other.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="outputs">Receives (count, outputs).</param>
    /// <param name="noise">The noise of training, for Monte Carlo prediction, the same for all rows; null for none, as models score.</param>
    void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null);
}
