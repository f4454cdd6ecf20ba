using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The layers of a <see cref="TabMArchitecture"/> as data, and what scores them in managed code.</summary>
internal static class TabMLayers
{
    /// <param name="architecture">The network's shape.</param>
    /// <param name="input">The layout of its input.</param>
    /// <param name="outputs">Its outputs.</param>
    public static IReadOnlyList<LayerDescription> Describe(TabMArchitecture architecture, InputLayout input, int outputs)
    {
        var (members, width) = (architecture.Members, architecture.WidthOf(input));
        var layers = NumericalEmbedding.Describe(new LayerList().Categories(input, EmbeddingSize.TablesOf(input)), architecture.NumericalEmbedding, input)
            .Add(new MemberFactorDescription("members", members, width));
        foreach (var (place, size) in architecture.HiddenSizes.Index())
        {
            layers.Linear($"hidden.{place}.linear", place, width, size).Activate(architecture.Activation).Noise();
            width = size;
        }

        return layers.Add(new MemberOutputDescription("output", members, width, outputs))
            .Add(new MemberMeanDescription(members, architecture.AveragesProbabilities ?? true)).Layers;
    }

    /// <param name="architecture">The network's shape.</param>
    /// <param name="parts">The parts of the network that scoring needs.</param>
    /// <param name="ofMembers">Whether it gives the outputs of each member, (members, outputs), instead of those of their mean.</param>
    public static INetworkScorer Scorer(TabMArchitecture architecture, TrainedParts parts, bool ofMembers = false)
    {
        var layers = Describe(architecture, parts.Input, parts.Outputs);
        if (ofMembers)
            layers = [.. layers.Where(layer => layer is not MemberMeanDescription)];
        return parts.BehindInput(
            layers, new TabMScorer(parts.Context, layers, parts.Weights), NumericalEmbedding.VectorsOf(architecture.NumericalEmbedding, layers, parts));
    }
}
