using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class PositionsForm : LayerForm<PositionsDescription>
{
    protected override void Append(PositionsDescription layer, LayerGraph graph)
    {
        var table = graph.Read(layer.Name + ".table", 1, layer.Places, layer.Width);
        graph.Value = graph.Graph.Sum(graph.Value, graph.Graph.Constant(table, layer.Places, layer.Width));
    }
}
