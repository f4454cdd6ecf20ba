using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class MemberMeanForm : LayerForm<MemberMeanDescription>
{
    protected override void Append(MemberMeanDescription layer, LayerGraph graph) => graph.Value = layer.AreLogits
        ? ProbabilityMeanForm.Of(graph.Graph, graph.Value, graph.Outputs, 1.0 / layer.Members)
        : graph.Graph.Reduce("ReduceMean", graph.Value, keeps: false, 1);
}
