using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class FlagsForm : LayerForm<FlagsDescription>
{
    protected override void Append(FlagsDescription layer, LayerGraph graph)
    {
        var numbers = graph.Value;
        graph.AddTail(Of(layer.Flags), isFirst: true);
        graph.Value = Of(Enumerable.Range(0, layer.Numbers).Except(layer.Flags));

        string Of(IEnumerable<int> places) => graph.Graph.Gather(numbers, [.. places.Select(place => (long)place)], axis: 1);
    }
}
