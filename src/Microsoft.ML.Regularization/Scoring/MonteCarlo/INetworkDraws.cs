namespace Microsoft.ML.Regularization.Scoring;

/// <summary>
/// The networks that result from a trained network under draws of its noise, one for each draw. A draw is the same for every row. Safe to use from many
/// threads.
/// </summary>
internal interface INetworkDraws : IDisposable
{
    /// <summary>Whether all draws equal the network without noise.</summary>
    bool AreAlike { get; }

    /// <summary>Whether several threads score faster than one.</summary>
    bool AreParallel { get; }

    /// <param name="draw">Which network, from 0.</param>
    /// <param name="features">The floats of one row.</param>
    /// <param name="outputs">Receives one value for each output.</param>
    void Score(int draw, ReadOnlySpan<float> features, Span<float> outputs);
}
