using Microsoft.ML.Regularization.Randomness;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>Draws the noise that a network was trained with.</summary>
internal sealed class NetworkNoiseSource
{
    private readonly ScoringLayer[] _layers;
    private readonly int _blocks;
    private readonly RegularizationRecipe _recipe;

    // The variances of each layer's weights, which all draws share.
    private readonly float[]?[] _variances;

    /// <param name="scorer">The network.</param>
    /// <param name="recipe">The recipe it was trained with.</param>
    /// <param name="weights">Its weights.</param>
    public NetworkNoiseSource(INetworkScorer scorer, RegularizationRecipe recipe, NetworkWeights weights)
    {
        _layers = [.. scorer.Layers.OrderBy(layer => layer.Index)];
        _blocks = scorer.Blocks;
        _recipe = recipe;
        _variances = [.. _layers.Select(layer => recipe.Dropout?.VarianceOf(layer.Trained(weights)))];
    }

    /// <param name="key">Of all draws.</param>
    /// <param name="pass">Which draw.</param>
    public NetworkNoise Draw(RandomKey key, ulong pass)
    {
        var (layers, depth) = (new LayerNoise?[_layers.Length], _recipe.StochasticDepth);
        foreach (var (place, layer) in _layers.Index())
            layers[place] = DrawOf(layer, _variances[place], key.Derive("layer").Derive((ulong)layer.Index), pass);
        return new NetworkNoise(
            layers,
            depth?.FactorsOf(_blocks, key, pass) ?? [.. Enumerable.Repeat(1f, _blocks)],
            IsEmpty: layers.All(layer => layer is null) && !(_blocks > 0 && depth is { Skips: true }));
    }

    private LayerNoise? DrawOf(ScoringLayer layer, float[]? variance, RandomKey key, ulong pass)
    {
        if (variance is not null)
            return new WeightNoise(variance, layer.Outputs, key, pass);
        return layer.NoiseUnits > 0 && _recipe.Dropout is { IsNoise: true } dropout ? dropout.NoiseBehind(layer.NoiseUnits, key, pass) : null;
    }
}
