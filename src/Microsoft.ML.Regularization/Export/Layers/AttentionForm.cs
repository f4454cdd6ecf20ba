using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class AttentionForm : LayerForm<AttentionDescription>
{
    // Its exponential is 0 beside any other logit's.
    private const double Masked = -1e30;

    protected override void Append(AttentionDescription layer, LayerGraph graph)
    {
        var (own, size) = (graph.Graph, layer.Width / layer.Heads);
        var projected = LinearForm.Of(graph, graph.Value, layer.Name + ".qkv", layer.Width, 3 * layer.Width);
        var parts = own.Add("Split", 3, [projected], new OnnxAttribute("axis", 2L));
        var (query, key, value) = (Heads(parts[0], 0, 2, 1, 3), Heads(parts[1], 0, 2, 3, 1), Heads(parts[2], 0, 2, 1, 3));
        var logits = own.Times(own.Add("MatMul", [query, key]), 1 / Math.Sqrt(size));
        if (graph.Present.Length > 0)
            logits = own.Add("Where", [own.Unsqueeze(graph.Present, 1, 2), logits, own.Scalar(Masked)]);
        var shares = own.Add("Softmax", logits, new OnnxAttribute("axis", 3L));
        var mixed = own.Reshape(own.Transpose(own.Add("MatMul", [shares, value]), 0, 2, 1, 3), 0, 0, layer.Width);
        graph.Value = LinearForm.Of(graph, mixed, layer.Name + ".output", layer.Width, layer.Width);

        string Heads(string part, params long[] order) => own.Transpose(own.Reshape(part, 0, 0, layer.Heads, size), order);
    }
}
