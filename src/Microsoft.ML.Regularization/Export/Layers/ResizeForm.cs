using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class ResizeForm : LayerForm<ResizeDescription>
{
    protected override void Append(ResizeDescription layer, LayerGraph graph)
    {
        var own = graph.Graph;
        var kept = own.Gather(own.Add("Shape", graph.Value), [0, 1], axis: 0);
        var sizes = own.Concat(0, kept, own.Constant([(long)layer.Side, layer.Side], 2));

        // Version 11 of the operator has all of its inputs, also those that the sizes replace.
        var nothing = own.Constant(Array.Empty<float>(), 0);
        graph.Value = own.Add(
            "Resize", [graph.Value, nothing, nothing, sizes],
            new OnnxAttribute("mode", "linear"),
            new OnnxAttribute("coordinate_transformation_mode", "half_pixel"));
    }
}
