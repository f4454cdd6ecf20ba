using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class StepsForm : LayerForm<StepsDescription>
{
    protected override void Append(StepsDescription layer, LayerGraph graph) => graph.Value = graph.Graph.Reshape(graph.Value, 0, layer.Steps, layer.Width);
}
