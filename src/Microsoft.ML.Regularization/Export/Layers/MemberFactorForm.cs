using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class MemberFactorForm : LayerForm<MemberFactorDescription>
{
    protected override void Append(MemberFactorDescription layer, LayerGraph graph)
    {
        var factors = graph.Graph.Constant(graph.Read(layer.Name + ".factor", 1, layer.Members, layer.Width), layer.Members, layer.Width);
        graph.Value = graph.Graph.Product(graph.Graph.Reshape(graph.Value, 0, 1, layer.Width), factors);
    }
}
