namespace Microsoft.ML.Regularization;

/// <summary>One draw of all the noise that a network was trained with, which makes it one of the networks of Monte-Carlo prediction. Never changes.</summary>
internal sealed class NetworkNoise
{
    /// <param name="network">The network.</param>
    /// <param name="variances">See <see cref="VariancesOf"/>.</param>
    /// <param name="key">Of all draws.</param>
    /// <param name="pass">Which draw.</param>
    public NetworkNoise(TrainedNetwork network, IReadOnlyList<float[]?> variances, RandomKey key, ulong pass)
    {
        var (scorer, depth) = (network.Scorer, network.Recipe.StochasticDepth);
        Layers = [.. InOrder(network).Zip(
            variances, (layer, variance) => LayerNoise.Create(network, layer, variance, key.Derive("layer").Derive((ulong)layer.Index), pass))];
        BlockFactors = new float[scorer.Blocks];
        for (var block = 0; block < BlockFactors.Length; block++)
        {
            if (depth is null)
                BlockFactors[block] = 1;
            else
                depth.Draw(BlockFactors.AsSpan(block, 1), key.Derive("block").Derive((ulong)block), pass, depth.SurvivalOf(block, scorer.Blocks));
        }

        IsEmpty = Layers.All(layer => layer is null) && !(BlockFactors.Length > 0 && depth is { Skips: true });
    }

    /// <summary>The variances of each layer's weights, which all draws share.</summary>
    public static IReadOnlyList<float[]?> VariancesOf(TrainedNetwork network) => [.. InOrder(network).Select(layer => WeightNoise.VarianceOf(network, layer))];

    private static IEnumerable<ScoringLayer> InOrder(TrainedNetwork network) => network.Scorer.Layers.OrderBy(layer => layer.Index);

    /// <summary>By <see cref="ScoringLayer.Index"/>; null for a layer without.</summary>
    public IReadOnlyList<LayerNoise?> Layers { get; }

    /// <summary>What each residual block's change is multiplied by; 0 where the block is skipped.</summary>
    public float[] BlockFactors { get; }

    /// <summary>Whether every draw leaves the network as it scores.</summary>
    public bool IsEmpty { get; }
}
