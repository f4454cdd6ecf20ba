namespace Microsoft.ML.Regularization.Networks;

/// <summary>Scoring of a row by itself.</summary>
internal static class RowScoring
{
    /// <param name="scorer">The network.</param>
    /// <param name="row">The floats of the row.</param>
    /// <param name="outputs">Receives one value for each output.</param>
    /// <param name="noise">Null for none.</param>
    public static void Score(this INetworkScorer scorer, ReadOnlySpan<float> row, Span<float> outputs, NetworkNoise? noise = null) =>
        scorer.Score(row, 1, outputs, noise);
}
