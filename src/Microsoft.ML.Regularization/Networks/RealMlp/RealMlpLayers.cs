using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The layers of a <see cref="RealMlpArchitecture"/> as data, and what scores them in managed code.</summary>
internal static class RealMlpLayers
{
    /// <param name="architecture">The network's shape.</param>
    /// <param name="input">The layout of its input.</param>
    /// <param name="outputs">Its outputs.</param>
    public static IReadOnlyList<LayerDescription> Describe(RealMlpArchitecture architecture, InputLayout input, int outputs)
    {
        var layers = new LayerList().Categories(input, RealMlpNetwork.TablesOf(input));
        var width = RealMlpNetwork.WidthOf(architecture, input);
        NumericalEmbedding.Describe(layers, architecture.UsedEmbedding, input, PeriodicEmbeddingLayer.Rate);
        layers.Add(new ScaleDescription("scale", width, ScaleLayer.Rate));
        foreach (var (place, size) in architecture.HiddenSizes.Index())
        {
            layers.Add(TangentLayer.Describe($"hidden.{place}.linear", place, width, size))
                .Add(new ParametricActivationDescription($"hidden.{place}.activation", architecture.HiddenFunction, size, ParametricActivationLayer.Rate))
                .Noise();
            width = size;
        }

        return layers.Add(TangentLayer.Describe("output", architecture.HiddenSizes.Count, width, outputs) with { IsOutput = true }).Layers;
    }

    /// <param name="architecture">The network's shape.</param>
    /// <param name="parts">The parts of the network that scoring needs.</param>
    public static INetworkScorer Scorer(RealMlpArchitecture architecture, TrainedParts parts)
    {
        var layers = Describe(architecture, parts.Input, parts.Outputs);
        return parts.BehindInput(
            layers, new MlpScorer(parts.Context, layers, parts.Weights), NumericalEmbedding.VectorsOf(architecture.UsedEmbedding, layers, parts));
    }
}
