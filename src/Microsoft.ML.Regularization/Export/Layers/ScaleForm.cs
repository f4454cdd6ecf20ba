using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class ScaleForm : LayerForm<ScaleDescription>
{
    protected override void Append(ScaleDescription layer, LayerGraph graph) =>
        graph.Value = graph.Graph.Product(graph.Value, graph.Vector(layer.Name + ".factor", layer.Units, layer.Factor));
}
