using Microsoft.ML.Regularization.MLNet;

namespace Microsoft.ML.Regularization.Export;

/// <summary>A graph that is a step of what ML.NET's converter writes.</summary>
internal sealed class ConvertedGraph(ConverterGraph graph) : OnnxGraph
{
    public override string[] Add(string operation, int outputs, string[] inputs, params OnnxAttribute[] attributes) =>
        graph.Add(operation, outputs, inputs, attributes.Select(attribute => (attribute.Name, attribute.Value)));

    public override string Constant(float[] values, params long[] shape) => graph.Constant(values, shape);

    public override string Constant(long[] values, params long[] shape) => graph.Constant(values, shape);
}
