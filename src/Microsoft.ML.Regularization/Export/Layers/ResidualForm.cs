using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class ResidualForm : LayerForm<ResidualDescription>
{
    protected override void Append(ResidualDescription layer, LayerGraph graph)
    {
        var (own, input, factor) = (graph.Graph, graph.Value, graph.NextBlockFactor());
        graph.Append(layer.Branch);
        var change = own.Times(graph.Value, factor);
        graph.Value = layer.NewChannels == 0 ? input : Halved(own, input, layer.NewChannels);
        graph.Append(layer.Shortcut);
        graph.Value = own.Sum(graph.Value, change);
    }

    // As ZeroPaddedShortcut.
    private static string Halved(OnnxGraph graph, string maps, int newChannels)
    {
        var every = graph.Add("Slice", [maps, Whole(0, 0), Whole(int.MaxValue, int.MaxValue), Whole(2, 3), Whole(2, 2)]);
        return graph.Add("Pad", [every, Whole(0, 0, 0, 0, 0, newChannels, 0, 0)]);

        string Whole(params long[] values) => graph.Constant(values, values.Length);
    }
}
