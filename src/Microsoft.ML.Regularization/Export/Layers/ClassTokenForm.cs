using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class ClassTokenForm : LayerForm<ClassTokenDescription>
{
    protected override void Append(ClassTokenDescription layer, LayerGraph graph)
    {
        var (own, width) = (graph.Graph, layer.Width);
        var rows = own.Gather(own.Add("Shape", graph.Value), [0], axis: 0);
        var shape = own.Concat(0, rows, own.Constant([1L, width], 2));
        var token = own.Add("Expand", [own.Constant(graph.Read(layer.Name + ".token", 1, 1, width), 1, 1, width), shape]);
        graph.Value = own.Concat(1, token, graph.Value);

        // The first token of a text is always there, and so is this one.
        if (graph.Present.Length > 0)
            graph.Present = own.Concat(1, own.Gather(graph.Present, [0], axis: 1), graph.Present);
    }
}
