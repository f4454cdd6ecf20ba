using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class MapNormalizationForm : LayerForm<MapNormalizationDescription>
{
    protected override void Append(MapNormalizationDescription layer, LayerGraph graph) => graph.Value = layer.Normalization == Normalization.Layer
        ? NormalizationForm.OfRows(graph, graph.Value, layer.Name, [layer.Channels, 1, 1], LayerNormLayer.UsualEpsilon, 1, 2, 3)
        : NormalizationForm.OfBatches(graph, graph.Value, layer.Name, [layer.Channels, 1, 1]);
}
