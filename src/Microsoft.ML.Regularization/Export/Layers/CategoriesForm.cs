using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class CategoriesForm : LayerForm<CategoriesDescription>
{
    protected override void Append(CategoriesDescription layer, LayerGraph graph)
    {
        foreach (var (place, table) in layer.Tables.Index())
        {
            var vectors = graph.Graph.Constant(graph.Read(table.Name, 1, table.Values + 1L, table.Size), table.Values + 1L, table.Size);
            var found = graph.Graph.Add("Gather", [vectors, graph.Graph.Gather(graph.Keys, [place], axis: 1)], new OnnxAttribute("axis", 0L));
            graph.AddTail(graph.Graph.Reshape(found, 0, table.Size));
        }
    }
}
