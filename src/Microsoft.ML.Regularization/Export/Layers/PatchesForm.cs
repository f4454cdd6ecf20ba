using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class PatchesForm : LayerForm<PatchesDescription>
{
    protected override void Append(PatchesDescription layer, LayerGraph graph)
    {
        var (own, image, size) = (graph.Graph, layer.Image, layer.Size);
        var (high, wide) = (image.Height / size, image.Width / size);
        var patches = image.Order == ChannelOrder.ChannelsFirst
            ? own.Transpose(own.Reshape(graph.Value, 0, image.Channels, high, size, wide, size), 0, 2, 4, 1, 3, 5)
            : own.Transpose(own.Reshape(graph.Value, 0, high, size, wide, size, image.Channels), 0, 1, 3, 5, 2, 4);
        graph.Value = own.Reshape(patches, 0, (long)high * wide, (long)image.Channels * size * size);
    }
}
