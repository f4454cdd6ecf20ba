namespace Microsoft.ML.Regularization.Networks;

/// <summary>A scorer that can start from the sums of its first layer.</summary>
internal interface ISparseNetwork : INetworkScorer
{
    /// <summary>The first layer.</summary>
    ScoringLayer First { get; }

    /// <summary>Scores one or more rows from the sums of the first layer.</summary>
    /// <param name="sums">(count, units of the first layer); they are written over.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="outputs">Receives (count, outputs).</param>
    /// <param name="noise">Null for none.</param>
    void ScoreSums(Span<float> sums, int count, Span<float> outputs, NetworkNoise? noise);
}
