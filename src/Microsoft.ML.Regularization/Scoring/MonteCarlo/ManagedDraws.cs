using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Randomness;

namespace Microsoft.ML.Regularization.Scoring;

/// <summary>
/// Draws of a network that scores in managed code. The first of them keep their noise; beyond 4 MB of it, for all networks of a model together, a draw is made
/// again, to the same numbers, whenever it is asked for.
/// </summary>
internal sealed class ManagedDraws : INetworkDraws
{
    private const int MostFloats = 1 << 20;

    private readonly TrainedNetwork _network;
    private readonly RandomKey _key;
    private readonly NetworkNoiseSource _source;
    private readonly NetworkNoise?[] _kept;

    /// <param name="network">The network.</param>
    /// <param name="key">Of all draws.</param>
    /// <param name="draws">How many there are.</param>
    /// <param name="networks">How many networks share the memory.</param>
    public ManagedDraws(TrainedNetwork network, RandomKey key, int draws, int networks = 1)
    {
        (_network, _key) = (network, key);
        _source = new NetworkNoiseSource(network.Scorer, network.Recipe, network.Outcome.Weights);
        _kept = new NetworkNoise?[Math.Min(draws, MostFloats / networks / network.Scorer.Layers.Sum(layer => Math.Max(layer.Outputs, layer.NoiseUnits)))];
    }

    public bool AreAlike => NoiseOf(0).IsEmpty;

    public bool AreParallel => true;

    public void Score(int draw, ReadOnlySpan<float> features, Span<float> outputs) => _network.Scorer.Score(features, outputs, NoiseOf(draw));

    public void Dispose()
    {
    }

    private NetworkNoise NoiseOf(int draw) => draw < _kept.Length ? _kept[draw] ??= Draw(draw) : Draw(draw);

    private NetworkNoise Draw(int draw) => _source.Draw(_key, (ulong)draw);
}
