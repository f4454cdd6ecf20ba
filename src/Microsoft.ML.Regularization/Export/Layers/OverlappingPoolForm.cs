using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class OverlappingPoolForm : LayerForm<OverlappingPoolDescription>
{
    protected override void Append(OverlappingPoolDescription layer, LayerGraph graph) => graph.Value = graph.Graph.Add(
        "MaxPool", graph.Value,
        new OnnxAttribute("kernel_shape", new[] { 3L, 3 }),
        new OnnxAttribute("strides", new[] { 2L, 2 }),
        new OnnxAttribute("pads", new[] { 1L, 1, 1, 1 }));
}
