using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The layers of a <see cref="RecurrentArchitecture"/> as data.</summary>
internal static class RecurrentLayers
{
    /// <param name="architecture">The network's shape.</param>
    /// <param name="input">The layout of its input.</param>
    /// <param name="outputs">Its outputs.</param>
    public static IReadOnlyList<LayerDescription> Describe(RecurrentArchitecture architecture, InputLayout input, int outputs)
    {
        var (width, units) = (architecture.ValuesOf(input), architecture.HiddenSize);
        var layers = new LayerList().Add(
            input.Text is { } text ? new TokensDescription("embedding", text.TableSize, width) : new StepsDescription(input.Steps, width));
        for (var layer = 0; layer < architecture.Layers; layer++)
        {
            string[] directions = architecture.Bidirectional ? [$"ahead.{layer}", $"back.{layer}"] : [$"ahead.{layer}"];
            layers.Noise().Add(new RecurrentDescription(directions, architecture.Cell, width, units)
            {
                Pooling = layer == architecture.Layers - 1 ? architecture.Pooling : null,
            });
            width = architecture.Directions * units;
        }

        return layers.Noise().Linear("output", 0, width, outputs, isOutput: true).Layers;
    }

    /// <param name="architecture">The network's shape.</param>
    /// <param name="parts">The parts of the network that scoring needs.</param>
    public static INetworkScorer Scorer(RecurrentArchitecture architecture, TrainedParts parts)
    {
        var layers = Describe(architecture, parts.Input, parts.Outputs);
        return parts.BehindInput(layers, new RecurrentScorer(parts.Context, layers, parts.Weights));
    }
}
