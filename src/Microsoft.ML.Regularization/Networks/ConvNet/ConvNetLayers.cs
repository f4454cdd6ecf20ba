using Microsoft.ML.Regularization.Inputs;

namespace Microsoft.ML.Regularization.Networks;

/// <summary>The layers of a <see cref="ConvNetArchitecture"/> as data.</summary>
internal static class ConvNetLayers
{
    /// <param name="architecture">The network's shape.</param>
    /// <param name="input">The layout of its input.</param>
    /// <param name="outputs">Its outputs.</param>
    public static IReadOnlyList<LayerDescription> Describe(ConvNetArchitecture architecture, InputLayout input, int outputs)
    {
        var (normalization, halves) = (architecture.Normalization, architecture.Pooling == Pooling.Stride);
        var layers = new LayerList().Add(new FeatureMapsDescription(input.Image!));
        var channels = input.Image!.Channels;
        foreach (var (block, count) in architecture.Channels.Index())
        {
            layers.Convolution($"blocks.{block}.conv", channels, count, normalization, halves ? 2 : 1)
                .NormalizeMaps($"blocks.{block}.norm", normalization, count).Activate(architecture.Activation).Noise();
            if (!halves)
                layers.Add(new PoolingDescription(architecture.Pooling));
            channels = count;
        }

        layers.Add(new MapEndDescription(architecture.Flattens));
        var (width, hidden) = ((int)architecture.HeadInputs(input.Image), architecture.HiddenSize);
        if (hidden > 0)
        {
            layers.Linear("hidden.linear", 0, width, hidden).Normalize("hidden.norm", normalization, hidden).Activate(architecture.Activation).Noise();
            width = hidden;
        }

        return layers.Linear("output", 1, width, outputs, isOutput: true).Layers;
    }
}
