namespace Microsoft.ML.Regularization;

/// <summary>Draws of a network that scores in managed code: their noise is drawn once and kept.</summary>
internal sealed class ManagedDraws(TrainedNetwork network, RandomKey key, int draws) : INetworkDraws
{
    private readonly NetworkNoise[] _noises = [.. Enumerable.Range(0, draws).Select(draw => new NetworkNoise(network, key, (ulong)draw))];

    public bool AreAlike => _noises[0].IsEmpty;

    public void Score(int draw, ReadOnlySpan<float> features, Span<float> outputs) => network.Scorer.Score(features, outputs, _noises[draw]);

    public void Dispose()
    {
    }
}
