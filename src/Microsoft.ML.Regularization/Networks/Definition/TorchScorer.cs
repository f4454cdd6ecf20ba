namespace Microsoft.ML.Regularization.Networks;

/// <summary>Scores any architecture by its torch module. May be used from many threads.</summary>
internal sealed class TorchScorer(RestoredNetwork network) : INetworkScorer, IDisposable
{
    public IReadOnlyList<ScoringLayer> Layers => [];

    public int Blocks => 0;

    public void Score(ReadOnlySpan<float> rows, int count, Span<float> outputs, NetworkNoise? noise = null) => network.Forward(rows, outputs);

    public void Dispose() => network.Dispose();
}
