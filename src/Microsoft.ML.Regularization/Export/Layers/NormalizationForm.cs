using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class NormalizationForm : LayerForm<NormalizationDescription>
{
    private const float Epsilon = 1e-5f;

    protected override void Append(NormalizationDescription layer, LayerGraph graph) => graph.Value = layer.Normalization == Normalization.Layer
        ? OfRows(graph, graph.Value, layer.Name, [layer.Units], layer.Epsilon, -1)
        : OfBatches(graph, graph.Value, layer.Name, [layer.Units]);

    /// <summary>By the running statistics.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="input">What is normalized.</param>
    /// <param name="name">The layer's name among the network's tensors.</param>
    /// <param name="shape">The units, in the shape in which they meet the input.</param>
    public static string OfBatches(LayerGraph graph, string input, string name, long[] shape)
    {
        var scale = graph.Read(name + ".weight", 1, shape[0]);
        var shift = graph.Read(name + ".bias", 1, shape[0]);
        var mean = graph.Read(name + ".running_mean", 1, shape[0]);
        var variance = graph.Read(name + ".running_var", 1, shape[0]);
        for (var unit = 0; unit < scale.Length; unit++)
        {
            scale[unit] /= MathF.Sqrt(variance[unit] + Epsilon);
            shift[unit] -= mean[unit] * scale[unit];
        }

        return graph.Graph.Sum(graph.Graph.Product(input, graph.Graph.Constant(scale, shape)), graph.Graph.Constant(shift, shape));
    }

    /// <summary>By mean and variance over dimensions of the row itself.</summary>
    public static string OfRows(LayerGraph graph, string input, string name, long[] shape, double epsilon, params long[] axes)
    {
        var own = graph.Graph;
        var centered = own.Difference(input, own.Reduce("ReduceMean", input, keeps: true, axes));
        var variance = own.Reduce("ReduceMean", own.Product(centered, centered), keeps: true, axes);
        var normalized = own.Quotient(centered, own.Add("Sqrt", own.Sum(variance, own.Scalar(epsilon))));
        var (scale, shift) = (graph.Read(name + ".weight", 1, shape[0]), graph.Read(name + ".bias", 1, shape[0]));
        return own.Sum(own.Product(normalized, own.Constant(scale, shape)), own.Constant(shift, shape));
    }
}
