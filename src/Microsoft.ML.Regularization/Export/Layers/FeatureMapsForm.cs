using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class FeatureMapsForm : LayerForm<FeatureMapsDescription>
{
    protected override void Append(FeatureMapsDescription layer, LayerGraph graph)
    {
        var (image, own) = (layer.Image, graph.Graph);
        graph.Value = image.Order == ChannelOrder.ChannelsFirst
            ? own.Reshape(graph.Value, 0, image.Channels, image.Height, image.Width)
            : own.Transpose(own.Reshape(graph.Value, 0, image.Height, image.Width, image.Channels), 0, 3, 1, 2);
    }
}
