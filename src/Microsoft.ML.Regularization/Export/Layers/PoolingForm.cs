using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class PoolingForm : LayerForm<PoolingDescription>
{
    protected override void Append(PoolingDescription layer, LayerGraph graph) => graph.Value = graph.Graph.Add(
        layer.Pooling == Pooling.Max ? "MaxPool" : "AveragePool", graph.Value,
        new OnnxAttribute("kernel_shape", new[] { 2L, 2 }),
        new OnnxAttribute("strides", new[] { 2L, 2 }));
}
