namespace Microsoft.ML.Regularization.Networks;

/// <summary>Creates the gradients of a trained network's layers from their descriptions.</summary>
/// <param name="architecture">The network's shape.</param>
/// <param name="parts">The parts of the network that scoring needs.</param>
internal sealed class GradientReader(NetworkArchitecture architecture, TrainedParts parts)
{
    private int _blocks;

    /// <summary>The layers behind scaling and the vectors of categories; null where one of them has no gradient here.</summary>
    /// <param name="inputs">Numbers of a row there.</param>
    public GradientSequence? ReadNetwork(int inputs)
    {
        if (architecture.Describe(parts.Input, parts.Outputs) is not { } layers)
            return null;

        _blocks = layers.OfType<ResidualDescription>().Count();
        var embedding = NumericalEmbedding.VectorsOf(architecture.UsedEmbedding, layers, parts);
        List<LayerGradient> first = embedding is null ? [] : [new EmbeddingGradient(embedding, inputs)];
        return Read(layers.Where(layer => layer is not EmbeddingDescription), first, embedding is null ? inputs : first[0].Outputs);
    }

    private GradientSequence? Read(IEnumerable<LayerDescription> layers, List<LayerGradient> read, int width)
    {
        var block = 0;
        foreach (var layer in layers)
        {
            if (layer is NoiseDescription)
                continue;
            var gradient = layer is ResidualDescription residual ? Read(residual, block++, width) : UnitGradients.Of(layer, width, parts) ?? MemberGradients.Of(layer, parts);
            if (gradient is null)
                return null;
            read.Add(gradient);
            width = gradient.Outputs;
        }

        return new GradientSequence([.. read]);
    }

    private ResidualGradient? Read(ResidualDescription residual, int block, int width)
    {
        var depth = parts.Recipe.StochasticDepth;
        return residual.Shortcut.Count == 0 && residual.NewChannels == 0 && Read(residual.Branch, [], width) is { } branch
            ? new ResidualGradient(branch, depth?.ScoringFactor(depth.SurvivalOf(block, _blocks)) ?? 1)
            : null;
    }
}
