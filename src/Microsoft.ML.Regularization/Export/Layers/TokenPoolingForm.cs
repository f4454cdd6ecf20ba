using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class TokenPoolingForm : LayerForm<TokenPoolingDescription>
{
    protected override void Append(TokenPoolingDescription layer, LayerGraph graph) => graph.Value =
        layer.Pooling != TokenPooling.Mean ? graph.Graph.Reshape(graph.Graph.Gather(graph.Value, [0], axis: 1), 0, layer.Width)
        : graph.Present.Length == 0 ? graph.Graph.Reduce("ReduceMean", graph.Value, keeps: false, 1)
        : MeanOfPresent(graph, graph.Value);

    /// <summary>The mean over the tokens that are there: (rows, tokens, width) to (rows, width).</summary>
    public static string MeanOfPresent(LayerGraph graph, string values)
    {
        var (own, counted) = (graph.Graph, Counted(graph));
        return own.Quotient(own.Reduce("ReduceSum", own.Product(values, counted), keeps: false, 1), own.Reduce("ReduceSum", counted, keeps: false, 1));
    }

    /// <summary>1 for the tokens that are there, else 0: (rows, tokens, 1).</summary>
    public static string Counted(LayerGraph graph) =>
        graph.Graph.Unsqueeze(graph.Graph.Cast(graph.Present, OnnxType.Single), 2);
}
