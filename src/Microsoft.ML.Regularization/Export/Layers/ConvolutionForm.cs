using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class ConvolutionForm : LayerForm<ConvolutionDescription>
{
    protected override void Append(ConvolutionDescription layer, LayerGraph graph)
    {
        var (size, rim) = ((long)layer.Size, (long)layer.Size / 2);
        long[] shape = [layer.Outputs, layer.Inputs, size, size];
        var kernels = graph.Graph.Constant(graph.Read(layer.Name + ".weight", 1, shape), shape);
        string[] inputs = layer.HasBias ? [graph.Value, kernels, graph.Vector(layer.Name + ".bias", layer.Outputs)] : [graph.Value, kernels];
        graph.Value = graph.Graph.Add(
            "Conv", inputs,
            new OnnxAttribute("kernel_shape", new[] { size, size }),
            new OnnxAttribute("strides", new long[] { layer.Stride, layer.Stride }),
            new OnnxAttribute("pads", new[] { rim, rim, rim, rim }));
    }
}
