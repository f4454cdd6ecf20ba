using Microsoft.ML.Regularization.Networks;

namespace Microsoft.ML.Regularization.Export;

internal sealed class PeriodicForm : LayerForm<PeriodicDescription>
{
    private const int Waves = PeriodicEmbeddingLayer.Frequencies;
    private const int Sums = PeriodicEmbeddingLayer.Size - 1;

    protected override void Append(PeriodicDescription layer, LayerGraph graph)
    {
        var (own, numbers) = (graph.Graph, layer.Numbers);
        var number = own.Reshape(graph.Value, 0, numbers, 1);

        // In the layer's order: of large numbers, another rounding is another wave.
        var angles = own.Sum(
            own.Product(own.Times(number, 2 * Math.PI * PeriodicEmbeddingLayer.Rate), Constant("frequency", 1, numbers, Waves)),
            Constant("phase", PeriodicEmbeddingLayer.Rate, numbers, Waves));
        var waves = own.Reshape(own.Add("Cos", angles), 0, numbers, 1, Waves);
        var mixed = own.Reshape(own.Add("MatMul", [waves, Constant("mixing", PeriodicEmbeddingLayer.Rate, numbers, Waves, Sums)]), 0, numbers, Sums);
        var sums = own.Sum(mixed, Constant("shift", PeriodicEmbeddingLayer.Rate, numbers, Sums));
        graph.Value = own.Reshape(own.Concat(2, number, sums), 0, (long)numbers * PeriodicEmbeddingLayer.Size);

        string Constant(string name, double factor, params long[] shape) => own.Constant(graph.Read($"{layer.Name}.{name}", factor, shape), shape);
    }
}
