using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class TokenPoolingForm : LayerForm<TokenPoolingDescription>
{
    protected override void Append(TokenPoolingDescription layer, LayerGraph graph) => graph.Value = layer.Pooling switch
    {
        TokenPooling.Mean => Mean(graph),
        TokenPooling.UnitMean => OfUnitLength(graph.Graph, Mean(graph)),
        _ => graph.Graph.Reshape(graph.Graph.Gather(graph.Value, [0], axis: 1), 0, layer.Width),
    };

    private static string Mean(LayerGraph graph) =>
        graph.Present.Length == 0 ? graph.Graph.Reduce("ReduceMean", graph.Value, keeps: false, 1) : MeanOfPresent(graph, graph.Value);

    private static string OfUnitLength(OnnxGraph graph, string rows) => graph.Quotient(
        rows, graph.Add("Sqrt", graph.Add("Max", [graph.Reduce("ReduceSumSquare", rows, keeps: true, 1), graph.Scalar(TokenPoolingPass.LeastSquare)])));

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
