using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class MemberOutputForm : LayerForm<MemberOutputDescription>
{
    protected override void Append(MemberOutputDescription layer, LayerGraph graph)
    {
        var (own, members, inputs, outputs) = (graph.Graph, layer.Members, layer.Inputs, layer.Outputs);
        var weight = LinearForm.Transposed(graph.Read(layer.Name + ".weight", 1, (long)members * outputs, inputs), outputs, inputs);

        // A product for each member, of all rows.
        var products = own.Add("MatMul", [own.Transpose(graph.Value, 1, 0, 2), own.Constant(weight, members, inputs, outputs)]);
        var bias = own.Constant(graph.Read(layer.Name + ".bias", 1, (long)members * outputs), members, outputs);
        graph.Value = own.Sum(own.Transpose(products, 1, 0, 2), bias);
    }
}
