using Microsoft.ML.Regularization.Inputs;
using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class TokensForm : LayerForm<TokensDescription>
{
    protected override void Append(TokensDescription layer, LayerGraph graph)
    {
        var (own, tokens) = (graph.Graph, graph.Value);
        graph.Present = own.Add("Not", own.Add("Equal", [tokens, own.Constant([(long)TextInput.Padding], 1)]));
        var table = own.Constant(graph.Read(layer.Name + ".weight", 1, layer.Count, layer.Width), layer.Count, layer.Width);
        graph.Value = own.Add("Gather", [table, tokens], new OnnxAttribute("axis", 0L));
    }
}
