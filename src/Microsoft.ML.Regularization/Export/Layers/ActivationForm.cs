using Microsoft.ML.Regularization.Networks;
using Microsoft.ML.Regularization.Regularizers;

namespace Microsoft.ML.Regularization.Export;

internal sealed class ActivationForm : LayerForm<ActivationDescription>
{
    protected override void Append(ActivationDescription layer, LayerGraph graph) => graph.Value = Of(graph.Graph, layer.Activation, graph.Value);

    /// <summary>The function of each number.</summary>
    public static string Of(OnnxGraph graph, Activation activation, string input) => activation switch
    {
        Activation.ReLU => graph.Add("Relu", input),
        Activation.GELU => graph.Times(
            graph.Product(input, graph.Sum(graph.Add("Erf", graph.Times(input, Math.Sqrt(0.5))), graph.Scalar(1))), 0.5),
        Activation.SiLU => graph.Product(input, graph.Add("Sigmoid", input)),
        Activation.Tanh => graph.Add("Tanh", input),
        Activation.SELU => graph.Add(
            "Selu", input, new OnnxAttribute("alpha", (float)(-Selu.LowestValue / Selu.Scale)), new OnnxAttribute("gamma", (float)Selu.Scale)),
        Activation.Mish => graph.Product(input, graph.Add("Tanh", graph.Add("Softplus", input))),
        _ => throw new NotSupportedException($"Activation is {activation}, which cannot be exported to ONNX."),
    };
}
