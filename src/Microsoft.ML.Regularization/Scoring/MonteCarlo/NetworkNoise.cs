namespace Microsoft.ML.Regularization;

/// <summary>One draw of all the noise that a network was trained with, which makes it one of the networks of Monte-Carlo prediction. Never changes.</summary>
internal sealed class NetworkNoise
{
    public NetworkNoise(TrainedNetwork network, RandomKey key, ulong pass)
    {
        var (scorer, depth) = (network.Scorer, network.Recipe.StochasticDepth);
        Layers = [.. scorer.Layers.OrderBy(layer => layer.Index)
            .Select(layer => LayerNoise.Create(network, layer, key.Derive("layer").Derive((ulong)layer.Index), pass))];
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

    /// <summary>By <see cref="ScoringLayer.Index"/>; null for a layer without.</summary>
    public IReadOnlyList<LayerNoise?> Layers { get; }

    /// <summary>What each residual block's change is multiplied by; 0 where the block is skipped.</summary>
    public float[] BlockFactors { get; }

    /// <summary>Whether every draw leaves the network as it scores.</summary>
    public bool IsEmpty { get; }
}
