using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class ParametricActivationForm : LayerForm<ParametricActivationDescription>
{
    protected override void Append(ParametricActivationDescription layer, LayerGraph graph)
    {
        var (own, input) = (graph.Graph, graph.Value);
        var change = own.Difference(ActivationForm.Of(own, layer.Activation, input), input);
        graph.Value = own.Sum(input, own.Product(change, graph.Vector(layer.Name + ".mixing", layer.Units, layer.Factor)));
    }
}
