using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class MapEndForm : LayerForm<MapEndDescription>
{
    protected override void Append(MapEndDescription layer, LayerGraph graph) => graph.Value = layer.Flattens
        ? graph.Graph.Add("Flatten", graph.Value, new OnnxAttribute("axis", 1L))
        : graph.Graph.Reduce("ReduceMean", graph.Value, keeps: false, 2, 3);
}
